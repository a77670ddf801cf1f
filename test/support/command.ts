import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Environment } from './server-node';

export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a built command of the server (`verify`) to its end, with nothing in its environment but what is given. */
export async function runCommand(name: string, environment: Environment): Promise<CommandResult> {
  const file = resolve(__dirname, `../../dist/apps/server/src/${name}.js`);
  const child = spawn(process.execPath, [file], {
    cwd: environment.DATA_DIR,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], output, errors] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, output, errors };
}
