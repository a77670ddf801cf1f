import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scope } from '../scope.mts';
import { ServerProcess } from './processes.mts';

const OURS = join(import.meta.dirname, '../../../dist/apps/server/src/main.js');
const BARE = join(import.meta.dirname, 'bare-server.mts');
const FLOOD = join(import.meta.dirname, 'flood-server.mts');
/** One for all servers of a run, so that one that is started again knows its tokens. */
const SECRET_KEY = randomBytes(32).toString('hex');

/** A server process that ends with the scope. */
async function start(scope: Scope, ...how: Parameters<typeof ServerProcess.start>): Promise<ServerProcess> {
  const server = await ServerProcess.start(...how);
  scope.onClose(() => server.stop());
  return server;
}

export function startBare(scope: Scope): Promise<ServerProcess> {
  return start(scope, BARE, {});
}

/** @param framesPerWrite how many of the frames for a socket leave together */
export function startFlood(scope: Scope, frames: number, framesPerWrite: number): Promise<ServerProcess> {
  return start(scope, FLOOD, { FRAMES: String(frames), FRAMES_PER_WRITE: String(framesPerWrite) });
}

interface Options {
  /** Of the stores, among others; without any the embedded one is served. */
  readonly settings?: NodeJS.ProcessEnv;
  readonly dataDir?: string;
  readonly isPinned?: boolean;
}

/** As in production, but that anybody may do anything as often as they like, and that passwords are cheap. */
export function startOurs(scope: Scope, options: Options = {}): Promise<ServerProcess> {
  const env = {
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: options.dataDir ?? makeDataDir(scope),
    NODE_ENV: 'test',
    RATE_LIMITS: 'off',
    BCRYPT_COST: '4',
    ACCESS_TOKEN_EXPIRE_MINUTES: '120',
    // As `npm start` and the image do.
    NODE_OPTIONS: '--max-semi-space-size=16',
    SECRET_KEY,
    ...options.settings,
  };
  return start(scope, OURS, env, options.isPinned);
}

/** An empty folder outside of the tree, which goes with the scope. */
export function makeDataDir(scope: Scope): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'chat-bench-'));
  scope.onClose(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}
