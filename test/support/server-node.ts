import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Leash } from './leash';
import { LogLines } from './log-lines';

export type Environment = Record<string, string | undefined>;

const MAIN = resolve(__dirname, '../../dist/apps/server/src/main.js');
const START_TIMEOUT_MS = 50_000;

/** Fast password hashes, no limits, any free port; a suite overrides what it is about. */
const TEST_ENVIRONMENT: Environment = {
  NODE_ENV: 'test',
  HOST: '127.0.0.1',
  PORT: '0',
  BCRYPT_COST: '4',
  RATE_LIMITS: 'off',
  LOG_LEVEL: 'info',
};

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Anything that serves the API: one node, or a server of several, which are taken in turn. */
export interface Origin {
  readonly url: string;
  /** The node to stay with. */
  pick(): Origin;
}

/**
 * The built server as a process of its own, on a folder of its own, which is also its working directory
 * (so that nobody's `.env` has a say). Ends with the test process, whatever happens to that.
 */
export class ServerNode implements Origin {
  readonly home = mkdtempSync(join(tmpdir(), 'chat-e2e-'));
  logs = new LogLines();
  url = '';
  private child: ChildProcess | undefined;
  private ended: Promise<Exit> = Promise.resolve({ code: 0, signal: null });

  constructor(
    private environment: Environment = {},
    private readonly main = MAIN,
  ) {}

  get dataDir(): string {
    return join(this.home, 'data');
  }

  pick(): this {
    return this;
  }

  get pid(): number {
    const pid = this.child?.pid;
    if (pid === undefined) throw new Error('the server is not running');
    return pid;
  }

  /** Resolves with how the process ended. */
  get exited(): Promise<Exit> {
    return this.ended;
  }

  /** Spawns the process without waiting for anything. What it writes goes into `logs`. */
  launch(logs = new LogLines()): void {
    this.logs = logs;
    const environment = { PATH: process.env.PATH, ...TEST_ENVIRONMENT, DATA_DIR: this.dataDir, ...this.environment };
    const child = spawn(process.execPath, [this.main], {
      cwd: this.home,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const leash = new Leash(child.pid ?? 0, this.home);
    this.logs.follow(child.stdout);
    this.logs.follow(child.stderr);
    this.child = child;
    this.ended = once(child, 'close').then(([code, signal]) => {
      leash.drop();
      return { code: code as number | null, signal: signal as NodeJS.Signals | null };
    });
  }

  /** Spawns the process and resolves when it listens. Rejects with the end of its log if it doesn't. */
  async start(environment: Environment = {}, logs = new LogLines()): Promise<this> {
    this.environment = { ...this.environment, ...environment };
    this.launch(logs);
    this.url = await this.listening();
    return this;
  }

  /** Sends a signal and waits for the end of the process. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<Exit> {
    this.child?.kill(signal);
    return this.ended;
  }

  /** Asks politely, insists on a clean exit and removes the folder. */
  async stop(): Promise<void> {
    const { code, signal } = await this.kill('SIGTERM');
    this.remove();
    if (code !== 0) throw new Error(`the server ended with ${code ?? signal} instead of 0:\n${this.logs.tail()}`);
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  private listening(): Promise<string> {
    return new Promise((accept, reject) => {
      const fail = (why: string) => {
        stopListening();
        clearTimeout(timer);
        this.child?.kill('SIGKILL');
        reject(new Error(`the server ${why}; its log ends with:\n${this.logs.tail()}`));
      };
      const timer = setTimeout(() => fail(`did not listen within ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
      const stopListening = this.logs.onLine(({ msg, url, pid }) => {
        if (msg !== 'listening' || typeof url !== 'string' || pid !== this.child?.pid) return;
        stopListening();
        clearTimeout(timer);
        accept(url.replace(/\/$/, ''));
      });
      void this.ended.then(({ code, signal }) => fail(`ended with ${code ?? signal} before it listened`));
    });
  }
}
