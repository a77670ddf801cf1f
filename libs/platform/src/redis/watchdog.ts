import type { Redis } from 'ioredis';

const ASK_EVERY_MS = 500;
/** An answer that takes longer will not come. */
const PATIENCE_MS = 2000;

/** Asks an open connection for a sign of life twice a second. */
export class Watchdog {
  private timer: NodeJS.Timeout | undefined;
  private askedAtMs: number | undefined;
  private isDoubted = false;

  constructor(
    private readonly client: Redis,
    private readonly onDead: () => void,
  ) {}

  /** True from `doubt()` until the next answer. */
  get hasDoubts(): boolean {
    return this.isDoubted;
  }

  start(): void {
    this.stop();
    this.isDoubted = false;
    this.timer = setInterval(() => this.check(), ASK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.askedAtMs = undefined;
  }

  doubt(): void {
    this.isDoubted = true;
    this.ask();
  }

  private check(): void {
    if (this.askedAtMs === undefined) return this.ask();
    // If this process itself was held up, the answer may be there already: it is read before anything is concluded.
    if (performance.now() - this.askedAtMs >= PATIENCE_MS) setImmediate(() => setImmediate(() => this.conclude()));
  }

  private conclude(): void {
    if (this.askedAtMs !== undefined && performance.now() - this.askedAtMs >= PATIENCE_MS) this.onDead();
  }

  private ask(): void {
    const askedAtMs = performance.now();
    this.askedAtMs ??= askedAtMs;
    this.client.ping().then(
      () => {
        this.askedAtMs = undefined;
        this.isDoubted = false;
      },
      // The connection is lost, and whoever watches it is told so.
      () => undefined,
    );
  }
}
