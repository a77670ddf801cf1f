import { setTimeout } from 'node:timers/promises';
import { type Latency, sendOnTime } from '../load/open-loop.mts';
import { type Row, ratioAtMost } from '../report/row.mts';
import type { Scope } from '../scope.mts';
import { startBare, startOurs } from '../servers/start.mts';
import { enterRoom, floodRoom, MEMBERS } from './room.mts';
import { inTurns, profileFile, type Run, type Scenario } from './scenario.mts';

const PER_SECOND = 300;
/** At 300 messages/s it takes V8 a minute to have compiled what it will; a flood is over with it sooner. */
const WARM_UP_SECONDS = 5;

/** How long a message takes to arrive in a room of 100 that is used, and not flooded. */
export const latency: Scenario = { name: 'latency', limitSeconds: 120, measure };

async function measure(run: Run, scope: Scope): Promise<Row[]> {
  const contestants = [
    { name: 'bare', server: await startBare(scope) },
    { name: 'embedded', server: await startOurs(scope) },
  ];
  const turns = [];
  for (const { name, server } of contestants) {
    const room = await enterRoom(scope, server, 'Socket.IO', name === 'bare');
    const send = (seconds: number) => sendOnTime(room, PER_SECOND, setTimeout(seconds * 1000));
    await floodRoom(room, WARM_UP_SECONDS);
    await send(1);
    turns.push(() => server.profiled(profileFile(run, `latency-${name}`), () => send(run.seconds)));
  }
  const [bare = [], ours = []] = await inTurns(run.rounds, turns);
  return [toRow(bare, ours)];
}

function toRow(bare: readonly Latency[], ours: readonly Latency[]): Row {
  const times = (of: readonly Latency[]) => of.map(({ p99Ms }) => p99Ms);
  return ratioAtMost(
    {
      what: `p99 send → receive at ${PER_SECOND} messages/s in the room of ${MEMBERS}`,
      unit: 'ms',
      base: { name: 'bare Socket.IO', rounds: times(bare) },
      ours: { name: 'embedded store, Socket.IO', rounds: times(ours) },
      busy: Math.max(...[...bare, ...ours].map(({ busy }) => busy)),
    },
    2,
    1,
  );
}
