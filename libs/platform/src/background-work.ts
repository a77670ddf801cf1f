import { BeforeApplicationShutdown, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { StoreUnavailable } from './errors';

export interface Schedule {
  readonly everyMs: number;
  /** When it runs first: before the server listens, beside its first requests, or when the time has passed once. */
  readonly first: 'before serving' | 'at start' | 'later';
}

/**
 * Something that the server does on its own: again and again, and whenever asked; never twice at once.
 * A run that fails is logged and nothing more, since the next one does what it could not;
 * and the server waits for the one that is under way before it closes its stores.
 */
export abstract class BackgroundWork implements OnApplicationBootstrap, BeforeApplicationShutdown {
  protected readonly logger = new Logger(this.constructor.name);
  /** What takes long looks here between its steps. */
  protected isStopping = false;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isAsked = false;

  constructor(private readonly schedule: Schedule) {}

  protected abstract run(): Promise<unknown>;

  async onApplicationBootstrap(): Promise<void> {
    const { everyMs, first } = this.schedule;
    this.timer = setInterval(() => void (this.running ?? this.work()), everyMs).unref();
    if (first === 'later') return;
    const begun = this.work();
    if (first === 'before serving') await begun;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Runs now; asked while it runs, once more right after. Resolves when it rests, and never rejects. */
  work(): Promise<void> {
    this.isAsked = true;
    this.running ??= this.runWhileAsked().finally(() => (this.running = undefined));
    return this.running;
  }

  private async runWhileAsked(): Promise<void> {
    while (this.isAsked && !this.isStopping) {
      this.isAsked = false;
      await this.run().catch((error: unknown) => this.tell(error));
    }
  }

  /** That a store is away is told by whoever lost it, and not every few seconds. */
  private tell(error: unknown): void {
    if (error instanceof StoreUnavailable) this.logger.debug({ err: error }, 'waiting for a store');
    else this.logger.warn({ err: error }, 'failed, and will be tried again');
  }
}
