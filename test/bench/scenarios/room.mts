import { flood, type FloodResult, type Room } from '../load/flood.mts';
import { connectGroup, disconnect, inventGroups, makeGroups, type Transport } from '../load/people.mts';
import { type Row, ratioAtLeast } from '../report/row.mts';
import type { Scope } from '../scope.mts';
import type { ServerProcess } from '../servers/processes.mts';
import { startBare, startOurs } from '../servers/start.mts';
import { startMariaDb } from '../servers/stores.mts';
import { compareFloods, type Flooded, floodServer } from './flooded.mts';
import { inTurns, profileFile, type Run, type Scenario } from './scenario.mts';

export const MEMBERS = 100;
const SENDERS = 10;
const OUTSTANDING_PER_SENDER = 10;

/** Everybody hears everything: messages per second in a room of 100, of which ten send. */
export const room: Scenario = { name: 'room', limitSeconds: 180, measure };

async function measure(run: Run, scope: Scope): Promise<Row[]> {
  const bare = await startBare(scope);
  const embedded = await startOurs(scope);
  const mariaDb = await startOurs(scope, { settings: await startMariaDb(scope) });
  const contestants = [
    { name: 'bare', server: bare, ...(await enterRoom(scope, bare, 'Socket.IO', true)) },
    { name: 'embedded', server: embedded, ...(await enterRoom(scope, embedded, 'Socket.IO')) },
    { name: 'mariadb', server: mariaDb, ...(await enterRoom(scope, mariaDb, 'Socket.IO')) },
    { name: 'websocket', server: embedded, ...(await enterRoom(scope, embedded, 'WebSocket')) },
  ];
  for (const contestant of contestants) await floodRoom(contestant, 1);
  const turns = contestants.map((contestant) => () => {
    const file = profileFile(run, `room-${contestant.name}`);
    return floodServer(contestant.server, file, () => floodRoom(contestant, run.seconds));
  });
  const [bareResults = [], ...results] = await inTurns(run.rounds, turns);
  return toRows(bareResults, results);
}

/** The members of a room of 100, all connected. */
export async function enterRoom(
  scope: Scope,
  { url }: ServerProcess,
  transport: Transport,
  isBare = false,
): Promise<Room> {
  const [group] = isBare ? inventGroups(1, MEMBERS) : await makeGroups(url, 1, MEMBERS);
  if (!group) throw new Error('there is no room');
  const entered = await connectGroup(group, transport, url);
  scope.onClose(() => disconnect([entered]));
  return entered;
}

export function floodRoom(entered: Room, seconds: number, outstanding = OUTSTANDING_PER_SENDER): Promise<FloodResult> {
  const senders = ({ members }: Room) => members.slice(0, SENDERS);
  return flood(
    [entered],
    (of) => senders(of).flatMap((sender) => Array<typeof sender>(outstanding).fill(sender)),
    seconds,
  );
}

function toRows(bare: readonly Flooded[], results: readonly (readonly Flooded[])[]): Row[] {
  const goals = [
    { name: 'embedded store, Socket.IO', goal: 5, wish: 8 },
    { name: 'MariaDB, Socket.IO', goal: 4, wish: 6 },
    { name: 'embedded store, raw WebSocket', goal: 8, wish: 12 },
  ];
  return goals.map(({ name, goal, wish }, index) => {
    const figures = compareFloods({ base: 'bare Socket.IO', ours: name }, bare, results[index] ?? []);
    return ratioAtLeast({ what: `room of ${MEMBERS}, 100-character messages`, ...figures }, goal, wish);
  });
}
