import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { canPin, SERVER_CORE } from './cores.mts';
import type { Question, Usage } from './probe.mts';

const PROBE = join(import.meta.dirname, 'probe.mts');

/** A server under test, in a process of its own. */
export class ServerProcess {
  readonly url: string;
  private readonly child: ChildProcess;
  private isStopping = false;

  private constructor(child: ChildProcess, url: string) {
    this.child = child;
    this.url = url;
    child.once('exit', (code, signal) => {
      if (!this.isStopping) console.error(`a server ended by itself with ${signal ?? code}`);
    });
  }

  /** Resolves when it listens. @param isPinned whether to the core that is kept for servers, away from the load */
  static async start(script: string, env: NodeJS.ProcessEnv, isPinned = true): Promise<ServerProcess> {
    const args = ['--disable-warning=ExperimentalWarning', '--import', PROBE, script];
    const [file, ...rest] = [
      ...(isPinned && canPin ? ['taskset', '-c', String(SERVER_CORE)] : []),
      process.execPath,
      ...args,
    ] as [string, ...string[]];
    const child = spawn(file, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    try {
      return new ServerProcess(child, await waitForUrl(child));
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  usage(): Promise<Usage> {
    return this.ask({ ask: 'usage' });
  }

  /** The usage after it gave back what it does not need. */
  needs(): Promise<Usage> {
    return this.ask({ ask: 'needs' });
  }

  /** Profiles the server while the task runs. */
  async profiled<Result>(file: string | undefined, task: () => Promise<Result>): Promise<Result> {
    if (file === undefined) return task();
    await this.ask({ ask: 'profile' });
    const result = await task();
    await this.ask({ ask: 'profile', file });
    return result;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.isStopping = true;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const insist = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(insist);
  }

  private async ask<Answer>(question: Question): Promise<Answer> {
    this.child.send(question);
    const [answer] = (await once(this.child, 'message')) as [Answer];
    return answer;
  }
}

/** What it writes after that is read and dropped, as cheaply as that goes. */
async function waitForUrl(child: ChildProcess): Promise<string> {
  const output = child.stdout;
  if (!output) throw new Error('the server has no output');
  const lines = createInterface({ input: output });
  try {
    for await (const line of lines) {
      if (line.includes('"listening"')) return (JSON.parse(line) as { url: string }).url;
    }
    throw new Error('the server ended before it listened');
  } finally {
    output.resume();
  }
}
