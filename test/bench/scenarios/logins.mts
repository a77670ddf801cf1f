import { setTimeout } from 'node:timers/promises';
import { type Latency, sendOnTime } from '../load/open-loop.mts';
import { connectGroup, disconnect, logIn, makeGroups } from '../load/people.mts';
import { type Row, ratioAtMost } from '../report/row.mts';
import type { Scope } from '../scope.mts';
import { startOurs } from '../servers/start.mts';
import { inTurns, profileFile, type Run, type Scenario } from './scenario.mts';

const MEMBERS = 30;
const PER_SECOND = 100;

/** What a chat feels of thirty who log in at once, at the full price of a password. All of it on one core. */
export const logins: Scenario = { name: 'logins', limitSeconds: 240, measure };

async function measure(run: Run, scope: Scope): Promise<Row[]> {
  const server = await startOurs(scope, { settings: { BCRYPT_COST: '12' } });
  const [group] = await makeGroups(server.url, 1, MEMBERS);
  if (!group) throw new Error('there is no room');
  const room = await connectGroup(group, 'Socket.IO', server.url);
  scope.onClose(() => disconnect([room]));
  const allLogIn = () => Promise.all(group.people.map(({ username }) => logIn(server.url, username)));
  const [quiet = [], during = []] = await inTurns(run.rounds, [
    () => sendOnTime(room, PER_SECOND, setTimeout(run.seconds * 1000)),
    () => server.profiled(profileFile(run, 'logins'), () => sendOnTime(room, PER_SECOND, allLogIn())),
  ]);
  return [toRow(quiet, during)];
}

function toRow(quiet: readonly Latency[], during: readonly Latency[]): Row {
  const times = (of: readonly Latency[]) => of.map(({ p99Ms }) => p99Ms);
  return ratioAtMost(
    {
      what: `p99 of a chat during ${MEMBERS} logins at once`,
      unit: 'ms',
      base: { name: 'the same, quiet', rounds: times(quiet) },
      ours: { name: 'embedded store, Socket.IO', rounds: times(during) },
      busy: Math.max(...[...quiet, ...during].map(({ busy }) => busy)),
    },
    2,
  );
}
