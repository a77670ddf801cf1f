import { flood, type FloodResult, type Room } from '../load/flood.mts';
import { connectGroups, disconnect, type Group, inventGroups, makeGroups } from '../load/people.mts';
import { type Row, ratioAtLeast } from '../report/row.mts';
import type { Scope } from '../scope.mts';
import type { ServerProcess } from '../servers/processes.mts';
import { startBare, startOurs } from '../servers/start.mts';
import { compareFloods, floodServer } from './flooded.mts';
import { inTurns, profileFile, type Run, type Scenario } from './scenario.mts';

const PAIRS = 500;

/** Five hundred who write to one other each, as fast as they are answered. */
export const pairs: Scenario = { name: 'pairs', limitSeconds: 120, measure };

async function measure(run: Run, scope: Scope): Promise<Row[]> {
  const servers = [await startBare(scope), await startOurs(scope)] as const;
  const [bare, ours] = servers;
  const rooms = [
    await enter(scope, bare, inventGroups(PAIRS, 2)),
    await enter(scope, ours, await makeGroups(ours.url, PAIRS, 2)),
  ];
  for (const entered of rooms) await floodPairs(entered, 1);
  const turns = rooms.map((entered, index) => () => {
    const file = profileFile(run, `pairs-${['bare', 'embedded'][index]}`);
    return floodServer(index === 0 ? bare : ours, file, () => floodPairs(entered, run.seconds));
  });
  const [bareResults = [], results = []] = await inTurns(run.rounds, turns);
  const figures = compareFloods({ base: 'bare Socket.IO', ours: 'embedded store, Socket.IO' }, bareResults, results);
  return [ratioAtLeast({ what: `${PAIRS} pairs, 1:1`, ...figures }, 0.8, 1)];
}

async function enter(scope: Scope, { url }: ServerProcess, groups: readonly Group[]): Promise<Room[]> {
  const entered = await connectGroups(groups, 'Socket.IO', url);
  scope.onClose(() => disconnect(entered));
  return entered;
}

/** One message of each pair is on its way. */
function floodPairs(entered: readonly Room[], seconds: number): Promise<FloodResult> {
  return flood(entered, ({ members }) => members.slice(0, 1), seconds);
}
