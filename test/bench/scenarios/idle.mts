import { setTimeout } from 'node:timers/promises';
import { connectGroups, disconnect, type Group, inventGroups, makeGroups, type Transport } from '../load/people.mts';
import type { Room } from '../load/flood.mts';
import { type Row, ratioAtMost, valueAtMost } from '../report/row.mts';
import { Scope } from '../scope.mts';
import type { ServerProcess } from '../servers/processes.mts';
import { makeDataDir, startBare, startOurs } from '../servers/start.mts';
import { inTurns, profileFile, type Run, type Scenario } from './scenario.mts';

const GROUPS = 50;
const MEMBERS = 100;
const SETTLE_MS = 2000;
/** V8 goes through all of its memory once more, 8 s after it was last collected: the question for it was ours. */
const COLLECTED_MS = 12_000;
/** In which each connection is pinged once. */
const IDLE_MS = 20_000;

/** Five thousand are connected and say nothing: what that costs in memory, and in time for heartbeats. */
export const idle: Scenario = { name: 'idle', limitSeconds: 900, measure };

interface Idle {
  readonly bytesPerConnection: number;
  /** Of a core. */
  readonly cpuPercent: number;
}

async function measure(run: Run, scope: Scope): Promise<Row[]> {
  const groupCount = run.isQuick ? GROUPS / 10 : GROUPS;
  const dataDir = makeDataDir(scope);
  const groups = await prepare(dataDir, groupCount);
  const startOursAgain = (within: Scope) => startOurs(within, { dataDir });
  const contestants = [
    { name: 'bare', start: startBare, groups: inventGroups(groupCount, MEMBERS), transport: 'Socket.IO' },
    { name: 'socket.io', start: startOursAgain, groups, transport: 'Socket.IO' },
    { name: 'websocket', start: startOursAgain, groups, transport: 'WebSocket' },
  ] as const;
  const turns = contestants.map(
    ({ name, start, groups: some, transport }) =>
      () =>
        within(scope, async (inner) => {
          const server = await start(inner);
          return observe(server, inner, { groups: some, transport, file: profileFile(run, `idle-${name}`) });
        }),
  );
  const [bare = [], socketIo = [], webSocket = []] = await inTurns(run.rounds, turns);
  return toRows((groupCount * MEMBERS).toLocaleString('en'), bare, socketIo, webSocket);
}

/** Everybody has an account and is logged in; the servers that are measured start without having done that work. */
function prepare(dataDir: string, groupCount: number): Promise<Group[]> {
  return within(undefined, async (inner) => {
    const server = await startOurs(inner, { dataDir });
    return makeGroups(server.url, groupCount, MEMBERS);
  });
}

/** A scope of its own, which the outer one closes if it is not over by then. */
async function within<Result>(outer: Scope | undefined, task: (inner: Scope) => Promise<Result>): Promise<Result> {
  const inner = new Scope();
  outer?.onClose(() => inner.close());
  try {
    return await task(inner);
  } finally {
    await inner.close();
  }
}

interface Crowd {
  readonly groups: readonly Group[];
  readonly transport: Transport;
  readonly file: string | undefined;
}

async function observe(server: ServerProcess, scope: Scope, { groups, transport, file }: Crowd): Promise<Idle> {
  const empty = await idleFor(server, undefined);
  const rooms = await connectGroups(groups, transport, server.url);
  scope.onClose(() => disconnect(rooms));
  const full = await idleFor(server, file);
  requireAlive(rooms);
  return {
    bytesPerConnection: (full.residentBytes - empty.residentBytes) / (groups.length * MEMBERS),
    cpuPercent: full.cpuPercent,
  };
}

/**
 * Lets what nobody needs any more be given back to the system, and then watches. At the end each connection has been
 * pinged: what is left of how it came in is gone, the first frame that was read from it, say.
 */
async function idleFor(server: ServerProcess, profile: string | undefined) {
  await setTimeout(SETTLE_MS);
  await server.needs();
  await setTimeout(COLLECTED_MS);
  const before = await server.usage();
  const startedAt = performance.now();
  const after = await server.profiled(profile, async () => {
    await setTimeout(IDLE_MS);
    return server.usage();
  });
  const cpuPercent = (100 * (after.cpuMs - before.cpuMs)) / (performance.now() - startedAt);
  return { residentBytes: after.residentBytes, cpuPercent };
}

/** @throws unless everybody is still there, and was pinged: else something else was measured */
function requireAlive(rooms: readonly Room[]): void {
  const members = rooms.flatMap((room) => room.members);
  const gone = members.filter(({ isRefused }) => isRefused).length;
  const unpinged = members.filter(({ pings }) => pings === 0).length;
  if (gone + unpinged > 0) throw new Error(`of the idle connections, ${gone} were closed and ${unpinged} never pinged`);
}

function toRows(sockets: string, bare: readonly Idle[], socketIo: readonly Idle[], webSocket: readonly Idle[]): Row[] {
  const memory = (name: string, of: readonly Idle[]) => ({
    name,
    rounds: of.map(({ bytesPerConnection }) => bytesPerConnection / 1024),
  });
  const cpu = (name: string, of: readonly Idle[]) => ({ name, rounds: of.map(({ cpuPercent }) => cpuPercent) });
  const resident = { what: `resident memory per idle connection, of ${sockets}`, unit: 'KiB' };
  const idling = { what: `CPU while ${sockets} connections idle`, unit: '% of a core' };
  const beside = 'bare Socket.IO';
  return [
    ratioAtMost({ ...resident, base: memory(beside, bare), ours: memory('Socket.IO', socketIo) }, 1.3),
    ratioAtMost({ ...resident, base: memory(beside, bare), ours: memory('raw WebSocket', webSocket) }, 0.6),
    valueAtMost({ ...idling, base: cpu(beside, bare), ours: cpu('Socket.IO', socketIo) }, 3),
    valueAtMost({ ...idling, base: cpu(beside, bare), ours: cpu('raw WebSocket', webSocket) }, 3),
  ];
}
