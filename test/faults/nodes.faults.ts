import { setTimeout } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { expectStatus } from '../support/api';
import { newGroup, newPeople, newPerson, PASSWORD, Person, personAt, secondSession, send } from '../support/people';
import { describeIfThere } from '../support/servers';
import { closeSockets, LiveSocket, openRaw, openSocketIo } from '../support/sockets';
import { within } from '../support/wait';
import type { Changes, Frame } from '../support/wire';
import { FaultyCluster } from './faulty-cluster';
import { reportTime } from './report';

const START_TIMEOUT_MS = 600_000;
const AT_ONCE_MS = 5000;
const HOLD_MS = 1500;
const SENDS = 10;

describeIfThere(['mariadb', 'mongo', 'redis'], 'three nodes', () => {
  const cluster = new FaultyCluster();
  /** All of them at once, on an empty database. */
  beforeAll(() => cluster.start(3), START_TIMEOUT_MS);
  afterEach(closeSockets);
  afterAll(() => cluster.stop());

  test('that start at once on an empty database migrate it once', async () => {
    const connection = await createConnection({
      uri: cluster.mariadb.url,
      database: cluster.settings.MYSQL_DATABASE,
    });
    const [rows] = await connection.query('SELECT name, COUNT(*) AS times FROM migrations GROUP BY name');
    await connection.end();
    const migrations = rows as { name: string; times: number }[];
    expect(migrations.length).toBeGreaterThan(0);
    expect(migrations.filter(({ times }) => times !== 1)).toEqual([]);
    for (const node of cluster.nodes) {
      expect(node.logs.errors).toEqual([]);
      await newPerson(node);
    }
  });

  test('never let a reader skip a number, though one holds its transaction while others commit', async () => {
    const holding = cluster.node(0);
    await holding.kill();
    const hold = { FAILPOINT: 'before the commit', FAILPOINT_HIT: '2', FAILPOINT_HOLD_MS: String(HOLD_MS) };
    await holding.start(hold);
    const [ann, ben] = [await newPerson(holding), await newPerson(cluster.node(1))];
    const [held, other] = [await newGroup(ann, [ben]), await newGroup(ann, [ben])];
    await send(ann, held, 'first');

    let isOver = false;
    const reading = [1, 2].flatMap((node) =>
      [held, other].map(({ id }) => readUntil(personAt(ben, cluster.node(node)), id, () => isOver)),
    );
    const sending = [send(ann, held, 'held')];
    await setTimeout(HOLD_MS / 5);
    for (let n = 0; n < SENDS; n++) {
      sending.push(send(ben, held, `after ${n}`));
      await send(ben, other, `meanwhile ${n}`);
    }
    await Promise.all(sending);
    isOver = true;
    const seen = await Promise.all(reading);
    const numbers = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
    for (const [index, frames] of seen.entries()) {
      expect(frames.map(({ seq }) => seq)).toEqual(numbers(index % 2 ? SENDS : SENDS + 2));
    }
    await holding.kill();
    await holding.start({ FAILPOINT: undefined, FAILPOINT_HOLD_MS: undefined });
  }, 180_000);

  /** Asks again and again what came after the last number, as a client does. */
  const readUntil = async (reader: Person, chatId: number, isOver: () => boolean): Promise<Frame[]> => {
    const seen: Frame[] = [];
    for (;;) {
      const isLast = isOver();
      const path = `/chats/${chatId}/changes?after=${seen.at(-1)?.seq ?? 0}&limit=100`;
      seen.push(...expectStatus(await reader.api.get<Changes>(path), 200).changes);
      if (isLast) return seen;
    }
  };

  type End = (admin: Person, ann: Person, chatId: number) => Promise<unknown>;
  const ENDS: [string, 'closed' | 'silent', End][] = [
    ['logout', 'closed', (_admin, ann) => ann.api.post('/users/logout')],
    [
      'a new password',
      'closed',
      async (_admin, ann) =>
        expectStatus(
          await (
            await secondSession(ann)
          ).api.put('/users/me', {
            password: 'a new and better one',
            current_password: PASSWORD,
          }),
          200,
        ),
    ],
    [
      'removal from the chat',
      'silent',
      (admin, ann, chatId) => admin.api.delete(`/chats/${chatId}/participants?user_id=${ann.id}`),
    ],
    ['deletion', 'closed', (_admin, ann) => ann.api.delete('/users/me', { current_password: PASSWORD })],
  ];
  test.each(ENDS)('hear of %s on another one within 5 seconds', async (what, becomes, end) => {
    const [admin, ann] = (await newPeople(cluster.node(0), 2)) as [Person, Person];
    const chat = await newGroup(admin, [ann]);
    const far = cluster.node(1);
    const [raw, socketIo] = [await openRaw(far, ann, chat.id), await openSocketIo(far, ann)];
    const begun = performance.now();
    await end(admin, ann, chat.id);
    await within(AT_ONCE_MS, raw.closed, 'the raw WebSocket to be closed');
    if (becomes === 'closed') await within(AT_ONCE_MS, socketIo.closed, 'the Socket.IO connection to be closed');
    else await expectSilent(socketIo, admin, ann, chat.id);
    reportTime(`${what}, until the sockets on another node heard`, performance.now() - begun);
  });

  const expectSilent = async (socket: LiveSocket, admin: Person, ann: Person, chatId: number): Promise<void> => {
    await socket.inbox.waitFor('participant_removed', undefined, AT_ONCE_MS);
    const own = await newGroup(ann, [admin]);
    const mark = socket.inbox.frames.length;
    await send(admin, { id: chatId }, 'not for you any more');
    const marker = await send(admin, own, 'marker');
    const heard = await socket.inbox.until(mark, 'new_message', ({ message }) => message?.id === marker.id);
    expect(heard.filter(({ chat_id, type }) => chat_id === chatId && type === 'new_message')).toEqual([]);
  };
});
