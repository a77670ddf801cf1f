import { SendMessage } from '@app/messages';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newGroup, newPeople, Person } from '../../support/people';
import type { Origin } from '../../support/server-node';
import { closeSockets, LiveSocket, openRaw, openSocketIo } from '../../support/sockets';
import type { Chat } from '../../support/wire';
import { countWrites } from '../../support/writes';
import { startAppWith } from '../app';

const CHANGES = 50;
const SOCKETS_OF_A_KIND = 4;
const MARK = 'one of a burst';

/** What a commit of many messages costs does not depend on the machine, if it is counted. */
describe('a burst of changes in one turn', () => {
  let app: NestFastifyApplication;
  let server: Origin;
  let ann: Person, ben: Person;
  let chat: Chat;
  let sockets: LiveSocket[];
  beforeAll(async () => {
    ({ app, server } = await startAppWith((imports) => imports));
    [ann, ben] = (await newPeople(server, 2)) as [Person, Person];
    chat = await newGroup(ann, [ben]);
  });
  beforeEach(async () => {
    sockets = [];
    for (let n = 0; n < SOCKETS_OF_A_KIND; n++) {
      sockets.push(await openRaw(server, ben, chat.id), await openSocketIo(server, ben));
    }
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await closeSockets();
  });
  afterAll(() => app.close());

  /** Commits them together; resolves when every socket has heard of all. */
  const burst = async (): Promise<void> => {
    const send = app.get(SendMessage);
    const actor = { userId: ann.id, sessionId: 'none' };
    const given = { chatId: chat.id, content: MARK };
    const sent = await Promise.all(Array.from({ length: CHANGES }, () => send.execute(actor, given)));
    const last = sent.at(-1)?.message.seq;
    await Promise.all(sockets.map(({ inbox }) => inbox.waitFor('new_message', ({ seq }) => seq === last, 30_000)));
    for (const { inbox } of sockets) expect(inbox.of('new_message')).toHaveLength(CHANGES);
  };

  it('leaves each socket by one system call, in one piece that is the same for all of a kind', async () => {
    const writes = countWrites(MARK);
    await burst();
    expect([...writes.values()].map(({ calls }) => calls)).toEqual(sockets.map(() => 1));
    const pieces = [...writes.values()].flatMap((written) => written.pieces);
    expect([pieces.length, new Set(pieces).size]).toEqual([sockets.length, 2]);
  });

  it('is encoded once for each change, however many sockets hear it and by whichever door', async () => {
    const stringify = jest.spyOn(JSON, 'stringify');
    await burst();
    const encoded = stringify.mock.results.filter(({ value }) => String(value).includes(MARK));
    expect(encoded).toHaveLength(CHANGES);
  });
});
