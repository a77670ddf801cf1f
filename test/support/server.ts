import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Leash } from './leash';
import { LogLines } from './log-lines';

export type Environment = Record<string, string | undefined>;

const MAIN = resolve(__dirname, '../../dist/apps/server/src/main.js');
const START_TIMEOUT_MS = 20_000;

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

/**
 * The built server as a process of its own, on a folder of its own, which is also its working directory
 * (so that nobody's `.env` has a say). Ends with the test process, whatever happens to that.
 */
export class Server {
  readonly home = mkdtempSync(join(tmpdir(), 'chat-e2e-'));
  logs = new LogLines();
  url = '';
  private child: ChildProcess | undefined;
  private ended: Promise<Exit> = Promise.resolve({ code: 0, signal: null });

  constructor(private environment: Environment = {}) {}

  get dataDir(): string {
    return join(this.home, 'data');
  }

  get port(): string {
    return new URL(this.url).port;
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

  /** Spawns the process without waiting for anything. */
  launch(): void {
    this.logs = new LogLines();
    const environment = { PATH: process.env.PATH, ...TEST_ENVIRONMENT, DATA_DIR: this.dataDir, ...this.environment };
    const child = spawn(process.execPath, [MAIN], {
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
  async start(environment: Environment = {}): Promise<this> {
    this.environment = { ...this.environment, ...environment };
    this.launch();
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
    const tail = this.logs.tail();
    this.remove();
    if (code !== 0) throw new Error(`the server ended with ${code ?? signal} instead of 0:\n${tail}`);
  }

  /** Ends it by `signal` and starts it again on the same data, on another port unless one is given. */
  async restart(options: { signal?: NodeJS.Signals; environment?: Environment } = {}): Promise<void> {
    await this.kill(options.signal ?? 'SIGTERM');
    await this.start(options.environment);
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
      const stopListening = this.logs.onLine(({ msg, url }) => {
        if (msg !== 'listening' || typeof url !== 'string') return;
        stopListening();
        clearTimeout(timer);
        accept(url.replace(/\/$/, ''));
      });
      void this.ended.then(({ code, signal }) => fail(`ended with ${code ?? signal} before it listened`));
    });
  }
}

/** A running server. Call `stop()` in `afterAll`. */
export async function startServer(environment: Environment = {}): Promise<Server> {
  const server = new Server(environment);
  try {
    return await server.start();
  } catch (error) {
    server.remove();
    throw error;
  }
}

/** For servers that are expected to refuse to start: how the process ended, and everything that it wrote. */
export async function failToStart(environment: Environment): Promise<Exit & { output: string }> {
  const server = new Server(environment);
  try {
    server.launch();
    const stop = server.logs.onLine(({ msg }) => msg === 'listening' && void server.kill());
    const exit = await server.exited;
    stop();
    return { ...exit, output: server.logs.text() };
  } finally {
    server.remove();
  }
}
