import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Leash } from '../leash';
import { eventually } from '../wait';
import { findFreePort } from './free-port';

const START_TIMEOUT_MS = 30_000;
const SHOWN_LOG_CHARACTERS = 3000;

export interface Command {
  readonly program: string;
  readonly args: string[];
}

/**
 * A database server of our own on 127.0.0.1, with a folder of its own, that a test may treat badly.
 * It keeps its port and its data until `stop()`, and dies with the process that started it.
 */
export abstract class PrivateServer {
  abstract readonly name: string;
  /** Where a client connects. */
  abstract readonly url: string;
  port = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'chat-store-'));
  private child: ChildProcess | undefined;
  private ended: Promise<unknown> = Promise.resolve();

  /** Its data: an empty folder before the first start. */
  protected get dataFolder(): string {
    return join(this.folder, 'data');
  }

  /** Fills the data folder, once. */
  protected async prepare(): Promise<void> {}

  protected abstract command(): Command | Promise<Command>;

  /** Resolves when it serves; rejects as long as it does not. */
  protected abstract greet(): Promise<void>;

  /** Resolves when it serves. Rejects with its log if it does not. */
  async start(): Promise<this> {
    if (this.port === 0) {
      mkdirSync(this.dataFolder, { recursive: true });
      await this.prepare();
      this.port = await findFreePort();
    }
    await this.launch();
    return this;
  }

  /** SIGKILL: as if the power had gone. Resolves when the process is gone. */
  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.ended;
  }

  /** SIGSTOP: it keeps its connections, and says nothing. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  /** SIGCONT: it goes on after `pause`. */
  resume(): void {
    this.child?.kill('SIGCONT');
  }

  /** Kills it and starts it again, on the same data and the same port. */
  async restart(): Promise<void> {
    await this.kill();
    await this.launch();
  }

  /** Kills it and removes its data. */
  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async launch(): Promise<void> {
    const { program, args } = await this.command();
    const log = openSync(join(this.folder, 'log'), 'a');
    const child = spawn(program, args, { cwd: this.folder, stdio: ['ignore', log, log] });
    closeSync(log);
    await once(child, 'spawn');
    const leash = new Leash(child.pid ?? 0, this.folder);
    this.child = child;
    let isOver = false;
    this.ended = once(child, 'exit').then(() => {
      isOver = true;
      leash.drop();
    });
    const outcome = await eventually(
      () => (isOver ? Promise.resolve('it ended') : this.tryToGreet()),
      (problem) => problem === undefined || isOver,
      START_TIMEOUT_MS,
    );
    if (outcome === undefined) return;
    await this.kill();
    const tail = readFileSync(join(this.folder, 'log'), 'utf8').slice(-SHOWN_LOG_CHARACTERS);
    throw new Error(`${this.name} did not start (${outcome}); its log ends with:\n${tail}`);
  }

  private async tryToGreet(): Promise<string | undefined> {
    try {
      await this.greet();
      return undefined;
    } catch (error) {
      return String(error);
    }
  }
}
