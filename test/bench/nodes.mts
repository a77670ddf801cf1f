import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Crowd, gatherCrowd, median } from './crowd.mts';
import { runRoom } from './room.mts';
import { type RunningServer, startOurs } from './servers.mts';

const ROOT = join(import.meta.dirname, '../..');
const PINGS = 300;
/** Enough that the nodes are the limit, and not the time that a commit over three stores takes. */
const OUTSTANDING = Number(process.env['BENCH_OUTSTANDING'] ?? 100);

interface Store {
  readonly settings: NodeJS.ProcessEnv;
}
interface PrivateServer {
  readonly url: string;
  start(): Promise<PrivateServer>;
  stop(): Promise<void>;
}
interface Servers {
  MariaDb: new () => PrivateServer;
  MongoServer: new () => PrivateServer;
  RedisServer: new () => PrivateServer;
  makeMysqlDatabase(url: string): Promise<Store>;
  makeMongoDatabase(url: string): Promise<Store>;
}

/** One node and two on the same three stores: what a second node brings, and how much later it hears. */
export async function compareNodes(rounds: number, seconds: number): Promise<string> {
  const servers = loadServers();
  const stores = [new servers.MariaDb(), new servers.MongoServer(), new servers.RedisServer()];
  const nodes: RunningServer[] = [];
  const crowds: Crowd[] = [];
  try {
    const [mysql, mongo, redis] = (await Promise.all(stores.map((store) => store.start()))).map(({ url }) => url);
    const settings = {
      ...(await servers.makeMysqlDatabase(mysql ?? '')).settings,
      ...(await servers.makeMongoDatabase(mongo ?? '')).settings,
      REDIS_URL: redis,
      SECRET_KEY: randomBytes(32).toString('hex'),
    };
    // Where the system puts them: there are more processes than cores here, stores and load among them.
    nodes.push(await startOurs(settings), await startOurs(settings));
    const [one = '', two = ''] = nodes.map(({ url }) => url);
    crowds.push(await gatherCrowd(one), await gatherCrowd(one, two));
    const [alone = NaN, together = NaN] = await measureRates(crowds, rounds, seconds);
    const latency = await measureLatency(crowds[1]);
    return report(alone, together, latency);
  } finally {
    for (const { members } of crowds) for (const member of members) member.close();
    for (const node of nodes) await node.stop();
    for (const store of stores) await store.stop();
  }
}

/** Interleaved, so that what else the machine does falls on both. @returns messages per second of each, the median */
async function measureRates(crowds: readonly Crowd[], rounds: number, seconds: number): Promise<number[]> {
  const rates = crowds.map((): number[] => []);
  for (const { members, chatId } of crowds) await runRoom(members, chatId, 1);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { members, chatId }] of crowds.entries()) {
      rates[index]?.push((await runRoom(members, chatId, seconds, OUTSTANDING)).messagesPerSecond);
    }
  }
  return rates.map(median);
}

/** One message after the other; members at even places are on the sender's node. @returns milliseconds, the medians */
async function measureLatency(crowd: Crowd | undefined): Promise<{ local: number; remote: number }> {
  const [sender, remoteMember, localMember] = crowd?.members ?? [];
  if (!crowd || !sender || !remoteMember || !localMember) throw new Error('nobody is there');
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
    await sender.request('message', { chat_id: crowd.chatId, content: `ping ${ping}` });
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

/** The private servers of the tests, compiled as the tests are. */
function loadServers(): Servers {
  const out = join(ROOT, 'dist', 'bench-support');
  const swc = join(ROOT, 'node_modules', '@swc', 'cli', 'bin', 'swc.js');
  const args = [swc, 'test/support', '--out-dir', out, '--copy-files', '--quiet'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const require = createRequire(import.meta.url);
  return require(join(out, 'test', 'support', 'servers', 'index.js')) as Servers;
}
