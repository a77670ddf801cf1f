import { setTimeout } from 'node:timers/promises';
import { Crowd } from '../load/crowd.mts';
import type { Room } from '../load/flood.mts';
import { type Latency, sendOnTime } from '../load/open-loop.mts';
import { call, type Group, makeGroups, mapSome } from '../load/people.mts';
import { type Row, ratioAtMost, valueAtMost } from '../report/row.mts';
import type { Scope } from '../scope.mts';
import type { ServerProcess } from '../servers/processes.mts';
import { startOurs } from '../servers/start.mts';
import { enterRoom, MEMBERS } from './room.mts';
import { profileFile, type Run, type Scenario } from './scenario.mts';

const GROUPS = 10;
const MISSED = 20;
const PER_SECOND = 100;
/** A storm is over in three seconds, and of its 300 messages the third slowest is the p99: one is no measurement. */
const STORMS_PER_ROUND = 3;
/** In the quiet, too: the crowd has the same core, and what it leaves to who measures is not to be the server's fault. */
const RESTING = { rests: true };

/** A thousand lose their connections, come back at once and fetch what they missed; others go on talking. */
export const reconnect: Scenario = { name: 'reconnect', limitSeconds: 400, measure };

interface Storm {
  readonly seconds: number;
  readonly others: Latency;
}

async function measure(run: Run, scope: Scope): Promise<Row[]> {
  const server = await startOurs(scope);
  const others = await enterRoom(scope, server, 'Socket.IO');
  const groups = await makeGroups(server.url, GROUPS, MEMBERS);
  const quiet: Latency[] = [];
  const storms: Storm[] = [];
  const crowd = new Crowd();
  scope.onClose(() => crowd.end());
  await crowd.tell({ do: 'connect', url: server.url, groups });
  for (let storm = 0; storm < STORMS_PER_ROUND * run.rounds; storm++) {
    quiet.push(await sendOnTime(others, PER_SECOND, setTimeout(run.seconds * 1000), RESTING));
    await crowd.tell({ do: 'leave' });
    await missSome(server, groups, others.members.length);
    storms.push(await server.profiled(profileFile(run, 'reconnect'), () => weather(crowd, others)));
  }
  return toRows(quiet, storms);
}

/** Waits until the server knows that they are gone, and sends what they will have missed. */
async function missSome({ url }: ServerProcess, groups: readonly Group[], left: number): Promise<void> {
  const token = groups[0]?.people[0]?.token;
  const isKnown = async () =>
    (await call<{ total_connections: number }>(url, '/ws/stats', { token })).total_connections === left;
  while (!(await isKnown())) await setTimeout(20);
  await mapSome(groups, async ({ chatId, people }) => {
    for (let number = 0; number < MISSED; number++) {
      await call(url, '/messages/', {
        body: { chat_id: chatId, content: `missed ${number}` },
        token: people[0]?.token,
      });
    }
  });
}

async function weather(crowd: Crowd, others: Room): Promise<Storm> {
  const storm = crowd.tell({ do: 'come back', missed: MISSED });
  const latency = await sendOnTime(others, PER_SECOND, storm, RESTING);
  return { seconds: await storm, others: latency };
}

function toRows(quiet: readonly Latency[], storms: readonly Storm[]): Row[] {
  const sockets = (GROUPS * MEMBERS).toLocaleString('en');
  const busy = Math.max(...storms.map(({ others }) => others.busy));
  return [
    valueAtMost(
      {
        what: `${sockets} sockets reconnect at once, each fetching its changes: until all are back`,
        unit: 's',
        ours: { name: 'embedded store, Socket.IO', rounds: storms.map(({ seconds }) => seconds) },
        busy,
      },
      5,
    ),
    ratioAtMost(
      {
        what: `p99 of others while ${sockets} sockets reconnect`,
        unit: 'ms',
        base: { name: 'the same, quiet', rounds: quiet.map(({ p99Ms }) => p99Ms) },
        ours: { name: 'embedded store, Socket.IO', rounds: storms.map(({ others }) => others.p99Ms) },
        busy,
      },
      2,
    ),
  ];
}
