import { setTimeout as pause } from 'node:timers/promises';
import { BeforeApplicationShutdown, Logger } from '@nestjs/common';
import { StoreUnavailable } from '@app/platform';
import type { Connection, Mongoose } from 'mongoose';
import { MongoFailures, NoAnswerInTime } from './mongo-failures';

const NAME = 'The store of messages';
const PROBE_PAUSE_MS = 250;
/** A server that is back answers this quickly, whatever a slow query may take. */
const PROBE_TIMEOUT_MS = 3000;

/**
 * The one door to MongoDB: every call has a time limit. Once the server is lost, calls are refused at once instead of
 * each waiting for that limit, until it gives a sign of life; it is asked for one all the time.
 */
export class DocumentStore implements BeforeApplicationShutdown {
  private readonly logger = new Logger(DocumentStore.name);
  private readonly closing = new AbortController();
  private readonly failures: MongoFailures;
  private lostBecause: unknown;

  constructor(
    readonly mongoose: Mongoose,
    /** For models; every call on them goes through `run`. */
    readonly connection: Connection,
    /** How long the server may work on one call, in milliseconds. */
    readonly timeoutMs: number,
  ) {
    this.failures = new MongoFailures(mongoose);
  }

  /**
   * Does something on the server.
   * @throws StoreUnavailable when it is lost, too slow, or can't for now; then a write may be done all the same.
   *   What the server says against the call itself is thrown as it is.
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.lostBecause !== undefined) throw new StoreUnavailable(NAME, this.lostBecause);
    try {
      return await inTime(work(), this.timeoutMs);
    } catch (thrown) {
      const error = this.failures.originOf(thrown);
      const isLoss = this.failures.isLoss(error);
      if (isLoss) this.lose(error);
      throw isLoss || this.failures.isPassing(error) ? new StoreUnavailable(NAME, error) : error;
    }
  }

  /** Asks for a sign of life, also while the server is lost. Rejects if there is none in time. */
  async ping(): Promise<void> {
    const limitMs = Math.min(this.timeoutMs, PROBE_TIMEOUT_MS);
    const { db } = this.connection;
    if (!db) throw new StoreUnavailable(NAME);
    await inTime(db.command({ ping: 1 }), limitMs);
  }

  /** True if the server refused a document because there is one of that id. */
  isDuplicateKey(error: unknown): boolean {
    return this.failures.isDuplicateKey(error);
  }

  beforeApplicationShutdown(): void {
    this.closing.abort();
  }

  private lose(error: unknown): void {
    if (this.lostBecause !== undefined || this.closing.signal.aborted) return;
    this.lostBecause = error;
    this.logger.error({ err: error }, 'MongoDB is lost');
    void this.findAgain();
  }

  private async findAgain(): Promise<void> {
    const since = performance.now();
    while (!this.closing.signal.aborted) {
      try {
        await this.ping();
        break;
      } catch {
        await pause(PROBE_PAUSE_MS, undefined, { ref: false, signal: this.closing.signal }).catch(() => undefined);
      }
    }
    this.lostBecause = undefined;
    this.logger.warn({ lostForMs: Math.round(performance.now() - since) }, 'MongoDB is back');
  }
}

async function inTime<Result>(call: Promise<Result>, limitMs: number): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NoAnswerInTime(limitMs)), limitMs);
  try {
    return await Promise.race([call, promise]);
  } finally {
    clearTimeout(timer);
  }
}
