import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Scope } from '../scope.mts';
import { unpinned } from './cores.mts';

const ROOT = join(import.meta.dirname, '../../..');
type Settings = Record<string, string>;

interface PrivateServer {
  readonly url: string;
  start(): Promise<PrivateServer>;
  stop(): Promise<void>;
}

interface Servers {
  MariaDb: new () => PrivateServer;
  MongoServer: new () => PrivateServer;
  RedisServer: new () => PrivateServer;
  makeMysqlDatabase(url: string): Promise<{ settings: Settings }>;
  makeMongoDatabase(url: string): Promise<{ settings: Settings }>;
}

/** A MariaDB of our own, as durable as in production. @returns the settings of its clients */
export async function startMariaDb(scope: Scope): Promise<Settings> {
  const servers = loadServers();
  const server = await startStore(scope, new servers.MariaDb());
  return (await servers.makeMysqlDatabase(server.url)).settings;
}

/** All three stores of several nodes. @returns the settings of their clients */
export async function startCluster(scope: Scope): Promise<Settings> {
  const servers = loadServers();
  const mongo = await startStore(scope, new servers.MongoServer());
  const redis = await startStore(scope, new servers.RedisServer());
  return {
    ...(await startMariaDb(scope)),
    ...(await servers.makeMongoDatabase(mongo.url)).settings,
    REDIS_URL: redis.url,
  };
}

async function startStore(scope: Scope, server: PrivateServer): Promise<PrivateServer> {
  scope.onClose(() => server.stop());
  return unpinned(() => server.start());
}

let loaded: Servers | undefined;

/** The private servers of the tests, compiled as the tests are. */
function loadServers(): Servers {
  return (loaded ??= compileServers());
}

function compileServers(): Servers {
  const out = join(ROOT, 'dist', 'bench-support');
  const swc = join(ROOT, 'node_modules', '@swc', 'cli', 'bin', 'swc.js');
  const args = [swc, 'test/support', '--out-dir', out, '--copy-files', '--quiet'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const require = createRequire(import.meta.url);
  return require(join(out, 'test', 'support', 'servers', 'index.js')) as Servers;
}
