import { flood, type FloodResult, type Room } from '../load/flood.mts';
import { connectGroups, disconnect, type Group, inventGroups, makeGroups } from '../load/people.mts';
import { type Row, ratioAtLeast } from '../report/row.mts';
import type { Scope } from '../scope.mts';
import type { ServerProcess } from '../servers/processes.mts';
import { startBare, startOurs } from '../servers/start.mts';
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
    return (index === 0 ? bare : ours).profiled(file, () => floodPairs(entered, run.seconds));
  });
  const [bareResults = [], results = []] = await inTurns(run.rounds, turns);
  return [toRow(bareResults, results)];
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

function toRow(bare: readonly FloodResult[], ours: readonly FloodResult[]): Row {
  const rates = (of: readonly FloodResult[]) => of.map(({ messagesPerSecond }) => messagesPerSecond);
  return ratioAtLeast(
    {
      what: `${PAIRS} pairs, 1:1`,
      unit: 'messages/s',
      base: { name: 'bare Socket.IO', rounds: rates(bare) },
      ours: { name: 'embedded store, Socket.IO', rounds: rates(ours) },
      busy: Math.max(...[...bare, ...ours].map(({ busy }) => busy)),
      deliveriesPerSecond: Math.max(...[...bare, ...ours].map(({ deliveriesPerSecond }) => deliveriesPerSecond)),
    },
    0.8,
    1,
  );
}
