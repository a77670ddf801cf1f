import type { Room } from '../load/flood.mts';
import { connectGroup, disconnect, makeGroups } from '../load/people.mts';
import { median } from '../report/row.mts';
import { Scope } from '../scope.mts';
import { startOurs } from '../servers/start.mts';
import { startCluster } from '../servers/stores.mts';
import { floodRoom } from './room.mts';
import { inTurns, type Run } from './scenario.mts';

const PINGS = 300;
const MEMBERS = 100;
/** Enough that the nodes are the limit, and not the time that a commit over three stores takes. */
const OUTSTANDING_PER_SENDER = 100;

/** One node and two on the same three stores: what a second node brings, and how much later it hears. */
export async function compareNodes(run: Run): Promise<string> {
  const scope = new Scope();
  try {
    const settings = await startCluster(scope);
    // Where the system puts them: there are more processes than cores here, stores and load among them.
    const one = await startOurs(scope, { settings, isPinned: false });
    const two = await startOurs(scope, { settings, isPinned: false });
    const alone = await enter(scope, one.url);
    const together = await enter(scope, one.url, two.url);
    for (const room of [alone, together]) await floodRoom(room, 1);
    const turns = [alone, together].map((room) => () => floodRoom(room, run.seconds, OUTSTANDING_PER_SENDER));
    const rates = (await inTurns(run.rounds, turns)).map((results) =>
      median(results.map(({ messagesPerSecond }) => messagesPerSecond)),
    );
    return report(rates[0] ?? NaN, rates[1] ?? NaN, await measureLatency(together));
  } finally {
    await scope.close();
  }
}

async function enter(scope: Scope, ...urls: readonly [string, ...string[]]): Promise<Room> {
  const [group] = await makeGroups(urls[0], 1, MEMBERS);
  if (!group) throw new Error('there is no room');
  const room = await connectGroup(group, 'Socket.IO', ...urls);
  scope.onClose(() => disconnect([room]));
  return room;
}

/** One message after the other; members at even places are on the sender's node. @returns milliseconds, the medians */
async function measureLatency({ chatId, members }: Room): Promise<{ local: number; remote: number }> {
  const [sender, remoteMember, localMember] = members;
  if (!sender || !remoteMember || !localMember) throw new Error('nobody is there');
  const [local, remote]: [number[], number[]] = [[], []];
  for (let ping = 0; ping < PINGS; ping++) {
    const startedAt = performance.now();
    const heard = (member: typeof sender, times: number[]) =>
      new Promise<void>((resolve) => {
        member.onDelivery = () => {
          times.push(performance.now() - startedAt);
          resolve();
        };
      });
    const all = [heard(localMember, local), heard(remoteMember, remote)];
    await sender.send(chatId, `ping ${ping}`);
    await Promise.all(all);
  }
  return { local: median(local), remote: median(remote) };
}

function report(alone: number, together: number, { local, remote }: { local: number; remote: number }): string {
  return [
    'Room of 100 over MariaDB, MongoDB protocol and Redis, Socket.IO',
    '| nodes | messages/s |\n|---|---|',
    `| 1 | ${alone.toFixed(0)} |\n| 2 | ${together.toFixed(0)} |`,
    `two nodes ÷ one: ${(together / alone).toFixed(2)}`,
    `send → receive, median of ${PINGS}: ${local.toFixed(2)} ms on the sender's node, ${remote.toFixed(2)} ms on the other ` +
      `(${(remote - local).toFixed(2)} ms later)`,
  ].join('\n');
}
