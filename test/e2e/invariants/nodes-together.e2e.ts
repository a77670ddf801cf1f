import { newGroup, newPeople, Person } from '../../support/people';
import { Server, startServer } from '../../support/server';
import { closeSockets, openRaw, openSocketIo, refusal } from '../../support/sockets';
import { eventually } from '../../support/wait';
import { Chat } from '../../support/wire';

const TYPING_ENDS_WITHIN_MS = 25_000;
const GONE_WITHIN_MS = 30_000;
const TOO_MANY = 4429;

interface Stats {
  readonly total_connections: number;
  readonly online_users: number;
}

const describeOnCluster = globalThis.testedStores === 'cluster' ? describe : describe.skip;

/** What counts over all nodes; there have to be several. */
describeOnCluster('nodes together', () => {
  let server: Server;
  let ann: Person, ben: Person;
  let chat: Chat;

  beforeEach(async () => {
    server = await startServer({ RATE_LIMITS: 'on', LIMIT_CONNECTIONS_PER_USER: '3' });
    [ann, ben] = (await newPeople(server, 2)) as [Person, Person];
    chat = await newGroup(ann, [ben]);
  });
  afterEach(async () => {
    await closeSockets();
    await server.kill();
    await server.remove();
  });

  const nodes = () => server.nodes as [Server['nodes'][0], Server['nodes'][0]];

  test('let nobody have more connections than one may, wherever they are', async () => {
    const [here, there] = nodes();
    const first = await openRaw(here, ann, chat.id);
    await openSocketIo(there, ann);
    await openRaw(there, ann, chat.id);
    expect((await refusal(openRaw(here, ann, chat.id))).closing.code).toBe(TOO_MANY);
    await first.close();
    await eventually(
      () =>
        openRaw(there, ann, chat.id).then(
          () => true,
          () => false,
        ),
      Boolean,
    );
  });

  test('tell that people have gone whose node was killed, within 30 seconds and once', async () => {
    const [here, there] = nodes();
    const theirs = await openSocketIo(there, ben);
    const mine = await openSocketIo(here, ann);
    await theirs.inbox.waitFor('user_joined', ({ user_id }) => user_id === ann.id);
    mine.emit('typing', { chat_id: chat.id, content: 'start' });
    await theirs.inbox.waitFor('typing_started');
    await here.kill('SIGKILL');
    await theirs.inbox.waitFor('typing_stopped', undefined, TYPING_ENDS_WITHIN_MS);
    await theirs.inbox.waitFor('user_left', ({ user_id }) => user_id === ann.id, GONE_WITHIN_MS);
    const answer = await fetch(`${there.url}/api/v1/ws/stats`, { headers: { authorization: `Bearer ${ben.token}` } });
    expect((await answer.json()) as Stats).toMatchObject({ total_connections: 1, online_users: 1 });
    expect(theirs.inbox.frames.filter(({ type }) => type === 'user_left')).toHaveLength(1);
  });
});
