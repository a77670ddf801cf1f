import { expectStatus, request } from '../../support/api';
import { allChanges, expectGapless } from '../../support/changes';
import { newGroup, newPeople, Person } from '../../support/people';
import { MEASURABLE, measureMemory } from '../../support/memory';
import { startServer, Server } from '../../support/server';
import type { ServerNode } from '../../support/server-node';
import { closeSockets, LiveSocket, openRaw, openSocketIo } from '../../support/sockets';
import { within } from '../../support/wait';
import { Chat, Frame } from '../../support/wire';

/** 40 kB on the wire. */
const LONG_TEXT = '😀'.repeat(10_000);
/** Enough for what the system's own buffers take (some MiB a socket), and 24 MiB for each socket beyond the limit. */
const MESSAGES = 800;
const SLOW_READERS = 12;
/**
 * A frame is encoded once for all sockets of a kind: 16 MiB of each kind may wait at the most (43 MB were seen), and nearly all of
 * the 2 × 32 MB if nothing were bounded (56 MB).
 */
const MAX_GROWTH_BYTES = 49e6;

/** Invariant 9 of the design: nobody can make the server grow. */
describe('readers who stop reading', () => {
  let server: Server;
  /** All on the same one, so that it has much to hold. */
  let node: ServerNode;
  let ann: Person, ben: Person;
  let chat: Chat;
  beforeAll(async () => {
    server = await startServer({ ...MEASURABLE, BODY_CACHE_BYTES: '1000000' });
    node = server.nodes[0];
    [ann, ben] = (await newPeople(server, 2)) as [Person, Person];
  });
  beforeEach(async () => {
    chat = await newGroup(ann, [ben]);
  });
  afterEach(closeSockets);
  afterAll(() => server.stop());

  /** Sends so much that nobody could keep it for all; returns the last message's number. */
  const talk = async (socket: LiveSocket): Promise<number> => {
    let last = 0;
    for (let sent = 0; sent < MESSAGES; sent += 10) {
      const acks = await Promise.all(
        Array.from({ length: 10 }, () => socket.request('message', { chat_id: chat.id, content: LONG_TEXT })),
      );
      last = Math.max(last, ...acks.map(({ message }) => message?.seq ?? 0));
    }
    return last;
  };

  test('are cut off while all others go on, and catch up by the changes', async () => {
    const slow: LiveSocket[] = [];
    for (let n = 0; n < SLOW_READERS; n++) {
      slow.push(n % 2 ? await openRaw(node, ben, chat.id) : await openSocketIo(node, ben));
    }
    const [quick, talker] = [await openRaw(node, ann, chat.id), await openSocketIo(node, ann)];
    await talker.request('message', { chat_id: chat.id, content: LONG_TEXT });
    const before = await measureMemory(node);
    slow.forEach((socket) => socket.pause());

    const last = await talk(talker);
    await quick.inbox.waitFor('new_message', ({ seq }) => seq === last);
    expect(quick.inbox.of('new_message')).toHaveLength(last);
    expect((await measureMemory(node)).heldBytes).toBeLessThan(before.heldBytes + MAX_GROWTH_BYTES);
    const metrics = await request('GET', `${node.url}/metrics`);
    expect(metrics.text).toMatch(/^chat_slow_readers_total\{transport="websocket"\} [1-9]/m);
    expect(metrics.text).toMatch(/^chat_slow_readers_total\{transport="socket\.io"\} [1-9]/m);

    for (const socket of slow) {
      socket.resume();
      const closing = await within(10_000, socket.closed, `the slow ${socket.transport} to be closed`);
      if (socket.transport === 'websocket') expect(closing.code).toBe(1013);
    }
    await expectCaughtUp(slow[1] as LiveSocket, last);
    expectStatus(await ben.api.get('/users/me'), 200);
  }, 180_000);

  const expectCaughtUp = async (cut: LiveSocket, last: number): Promise<void> => {
    const heard = cut.inbox.frames.filter(({ seq }) => seq !== undefined);
    expect(heard.length).toBeLessThan(last);
    const from = Math.max(0, ...heard.map(({ seq }) => seq ?? 0));
    const again = await openRaw(node, ben, chat.id);
    expect(again.connected.last_seq).toBe(last);
    const missed: Frame[] = await allChanges(ben, chat.id, from);
    expectGapless([...heard, ...missed]);
    expect(heard.length + missed.length).toBe(last);
  };
});
