import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

const canPin = spawnSync('taskset', ['-V']).status === 0;

/** Starts a server; on a core of its own, away from the load, where one is given and the system can do that. */
async function start(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cleanUp: () => void,
  core?: number,
): Promise<RunningServer> {
  const command =
    canPin && core !== undefined
      ? ['taskset', '-c', String(core), process.execPath, ...args]
      : [process.execPath, ...args];
  const [file = process.execPath, ...rest] = command;
  const child = spawn(file, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  return { url: await waitForUrl(child), stop: () => end(child, cleanUp) };
}

export function startBare(): Promise<RunningServer> {
  return start([join(import.meta.dirname, 'bare-server.mts')], {}, () => undefined, 0);
}

/** @param settings of the stores; without any the embedded one */
export function startOurs(settings: NodeJS.ProcessEnv = {}, core?: number): Promise<RunningServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chat-bench-'));
  const main = join(import.meta.dirname, '../../dist/apps/server/src/main.js');
  const env = {
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    NODE_ENV: 'test',
    RATE_LIMITS: 'off',
    BCRYPT_COST: '4',
    ...settings,
  };
  return start([main], env, () => rmSync(dataDir, { recursive: true, force: true }), core);
}

function waitForUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with code ${code} before it listened`)));
    if (!child.stdout) throw new Error('the server has no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.includes('"listening"')) return;
      resolve((JSON.parse(line) as { url: string }).url);
    });
  });
}

function end(child: ChildProcess, cleanUp: () => void): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => {
      cleanUp();
      resolve();
    });
    child.kill('SIGTERM');
  });
}
