import { allChanges, expectGapless } from '../../support/changes';
import { Door, DOORS } from '../../support/doors';
import { Ledger } from '../../support/ledger';
import { newGroup, newPeople, Person } from '../../support/people';
import { Server, startServer } from '../../support/server';
import { randomBetween, signal } from '../../support/wait';
import { Chat } from '../../support/wire';
import { HalfOpenWatch } from './half-open';

const KILLS = 20;
const ACKS_BEFORE_KILL = [105, 160] as const;
const SENDS_AT_ONCE = 8;

/** Invariants 1, 2 and 3 of the design: nothing acknowledged is lost, nothing retried is doubled, nothing is numbered with a gap. */
describe('a server that is killed', () => {
  let server: Server;
  let people: Person[];
  let chats: Chat[];
  const halfOpen = new HalfOpenWatch();

  beforeAll(async () => {
    await halfOpen.start();
    server = await startServer();
    people = await newPeople(server, DOORS.length);
    const [first, ...others] = people as [Person, ...Person[]];
    chats = [await newGroup(first, others), await newGroup(first, others)];
  });
  afterAll(async () => {
    await halfOpen.stop();
    await server.stop();
  });

  const [here, there] = [() => chats[0]?.id ?? 0, () => chats[1]?.id ?? 0];

  /** Each person by a way of their own. */
  const openDoors = () => Promise.all(DOORS.map(([, open], n) => open(people[n] as Person, here())));

  /** Sends one message after the other until the server is gone. */
  const keepSending = async (ledger: Ledger, door: Door, writer: number, isDead: () => boolean): Promise<void> => {
    const everywhere = DOORS[writer]?.[0] !== 'raw WebSocket';
    for (let n = 0; !isDead(); n++) {
      const attempt = ledger.next(String(writer), everywhere && n % 2 ? there() : here());
      try {
        await ledger.send(door, attempt);
      } catch (error) {
        if (!isDead()) throw error;
      }
    }
  };

  const loadUntilKilled = async (ledger: Ledger, dead: { is: boolean }, full: Promise<void>): Promise<void> => {
    const doors = await openDoors();
    const writers = doors.flatMap((door, writer) =>
      Array.from({ length: SENDS_AT_ONCE }, () => keepSending(ledger, door, writer, () => dead.is)),
    );
    await Promise.race([full, Promise.all(writers)]);
    dead.is = true;
    await server.kill('SIGKILL');
    await Promise.all(writers);
  };

  const retryOpen = async (ledger: Ledger): Promise<void> => {
    const doors = await openDoors();
    const left = [...ledger.open.values()];
    await Promise.all(left.map((attempt) => ledger.send(doors[Number(attempt.writer)] as Door, attempt)));
  };

  test(`loses, doubles and skips nothing in ${KILLS} kills under load from REST and both sockets`, async () => {
    let full = signal();
    let wanted = Infinity;
    let interrupted = 0;
    const ledger: Ledger = new Ledger(() => ledger.acknowledged.size >= wanted && full.give());

    for (let kill = 0; kill < KILLS; kill++) {
      full = signal();
      wanted = ledger.acknowledged.size + randomBetween(...ACKS_BEFORE_KILL);
      await loadUntilKilled(ledger, { is: false }, full.promise);
      interrupted += ledger.open.size;
      wanted = Infinity;
      await server.start();
      await retryOpen(ledger);
    }

    expect(ledger.acknowledged.size).toBeGreaterThanOrEqual(2000);
    expect(interrupted).toBeGreaterThan(0);
    expect(ledger.open.size).toBe(0);
    let found = 0;
    for (const { id } of chats) {
      const changes = await allChanges(people[0] as Person, id);
      expectGapless(changes);
      expect(ledger.compare(id, changes)).toEqual([]);
      found += changes.length;
    }
    expect(found).toBe(ledger.acknowledged.size);
    expect(server.logs.errors).toEqual([]);
  }, 300_000);

  // It has been going on beside the kills, since it is nothing but waiting.
  test.each(['websocket', 'socket.io'] as const)(
    'meanwhile another one dropped the half-open %s within 45 seconds, and no live one',
    async (transport) => {
      expect(await halfOpen.secondsUntilDropped(transport)).toBeLessThanOrEqual(45);
      expect(await halfOpen.isAlive(transport)).toBe(true);
    },
    180_000,
  );
});
