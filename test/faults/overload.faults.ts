import { request } from '../support/api';
import { allChanges, expectGapless } from '../support/changes';
import type { Person } from '../support/people';
import { startServer, Server, ServerOptions } from '../support/server';
import type { ServerNode } from '../support/server-node';
import { describeIfThere } from '../support/servers';
import { eventually } from '../support/wait';
import { Flood } from './flood/flood';
import { MEASURABLE, measureMemory, Memory } from '../support/memory';
import { percentile, Tally } from './flood/tally';
import { reportOverload, times } from './report';

const SECONDS = times(8, 30);
const TIMES_SUSTAINABLE = 4;
const START_TIMEOUT_MS = 600_000;
const TEST_TIMEOUT_MS = 400_000;
/** In the queue, 2 s are promised; a machine that lets a process stand for seconds must not fail this. */
const MAX_WAIT_SECONDS = 10;
const READ_WITHIN_MS = 60_000;
const SETTLES_WITHIN_MS = 30_000;
const GROWTH = 1.2;
/** Pages that are in use by little, and what the database keeps of more rows. */
const RESIDENT_SLACK_BYTES = 64 * 1024 * 1024;

describe('more than the embedded store can take', () => overload('embedded', { stores: [], nodes: 1 }));

describeIfThere(['mariadb', 'redis'], 'more than two nodes can take', () =>
  overload('MariaDB, two nodes', { stores: ['mariadb', 'redis'], nodes: 2 }),
);

/** Invariant 9 of the design: nobody can make the server grow; and those who try do not keep it from its work. */
function overload(name: string, options: ServerOptions): void {
  let server: Server;
  let flood: Flood;
  beforeAll(async () => {
    server = await startServer(MEASURABLE, options);
    flood = await Flood.prepare(server);
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    flood?.close();
    await server?.stop();
  });

  test(
    'is refused politely: nothing that was taken is lost, others read on, and the memory comes back',
    async () => {
      const tally = new Tally();
      await flood.sustain(tally, 2);
      const sustained = await flood.sustain(tally, 2);
      const before = await Promise.all(server.nodes.map(measureMemory));
      const [storedBefore, begun] = [tally.stored.size, performance.now()];
      tally.waitsMs.length = 0;
      await flood.overwhelm(tally, TIMES_SUSTAINABLE * sustained, SECONDS);
      const took = (performance.now() - begun) / 1000;

      expect(tally.wrong).toEqual([]);
      expect(tally.refused.size).toBeGreaterThan(0);
      expect(flood.readsMs.length).toBeGreaterThan(0);
      expect(Math.max(...flood.readsMs)).toBeLessThan(READ_WITHIN_MS);
      for (const node of server.nodes) await expectWaitsBounded(node);
      const after = await Promise.all(server.nodes.map((node, index) => settledMemory(node, before[index])));
      await expectStored(tally);
      if (tally.unsure.size === 0) expect(server.logs.errors).toEqual([]);

      reportOverload(name, {
        sustained,
        stored: (tally.stored.size - storedBefore) / took,
        refused: tally.refused.size,
        answerMs: percentile(tally.waitsMs, 0.99),
        readMs: percentile(flood.readsMs, 0.99),
        heldMb: [before, after].map(([memory]) => (memory?.heldBytes ?? 0) / 1e6),
        residentMb: [before, after].map(([memory]) => (memory?.residentBytes ?? 0) / 1e6),
      });
    },
    TEST_TIMEOUT_MS,
  );

  const expectStored = async ({ stored, refused }: Tally): Promise<void> => {
    const found: string[] = [];
    for (const { reader, chatId } of flood.chats) found.push(...(await keysOf(reader, chatId)));
    const there = new Set(found);
    expect(there.size).toBe(found.length);
    expect([...stored].filter((key) => !there.has(key))).toEqual([]);
    expect([...refused].filter((key) => there.has(key))).toEqual([]);
  };
}

async function keysOf(reader: Person, chatId: number): Promise<string[]> {
  const changes = await allChanges(reader, chatId);
  expectGapless(changes);
  return changes.flatMap(({ message }) => message?.client_id ?? []);
}

/** As the server itself has measured them, for those that were stored and for those that were refused. */
async function expectWaitsBounded({ url }: ServerNode): Promise<void> {
  const { text } = await request('GET', `${url}/metrics`);
  const counts = (line: RegExp) => [...text.matchAll(line)].map(([, outcome, count]) => `${outcome} ${count}`).sort();
  const inTime = counts(
    new RegExp(`^chat_write_wait_seconds_bucket{le="${MAX_WAIT_SECONDS}",outcome="(\\w+)"} (\\d+)`, 'gm'),
  );
  expect(inTime).toEqual(counts(/^chat_write_wait_seconds_count{outcome="(\w+)"} (\d+)/gm));
  expect(inTime.length).toBeGreaterThan(0);
}

async function settledMemory(node: ServerNode, before: Memory | undefined): Promise<Memory> {
  const [mostHeld, mostResident] = [
    (before?.heldBytes ?? 0) * GROWTH,
    (before?.residentBytes ?? 0) * GROWTH + RESIDENT_SLACK_BYTES,
  ];
  const isBack = ({ heldBytes, residentBytes }: Memory) => heldBytes <= mostHeld && residentBytes <= mostResident;
  const memory = await eventually(() => measureMemory(node), isBack, SETTLES_WITHIN_MS);
  expect(memory.heldBytes).toBeLessThanOrEqual(mostHeld);
  expect(memory.residentBytes).toBeLessThanOrEqual(mostResident);
  return memory;
}
