import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { StoreUnreachable } from '../errors';
import { showRedisAddress } from './redis-address';
import { Watchdog } from './watchdog';

/** How long Redis may take to be there when the server starts. */
const OPENING_MS = 5000;
/** A connection that is not ready after this is tried anew: the system accepts for a server that stands still. */
const HANDSHAKE_MS = 2500;
const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 1000;

/**
 * One connection to Redis, for one purpose. It comes back by itself, and nothing is queued or sent again for it:
 * a command fails at once while it is down, and when it is lost under way. A server that stands still, or a line that
 * is dead without a word, is found within 3 s.
 */
export class RedisConnection {
  readonly client: Redis;
  private readonly logger = new Logger(RedisConnection.name);
  private readonly watchdog: Watchdog;
  private readonly upHandlers: (() => void)[] = [];
  private readonly downHandlers: (() => void)[] = [];
  private handshake: NodeJS.Timeout | undefined;
  private wasUp = false;
  private lastError: unknown;

  /** @param purpose names the connection, here and in Redis' own list of clients */
  constructor(
    private readonly url: string,
    private readonly purpose: string,
  ) {
    this.client = new Redis(url, {
      lazyConnect: true,
      connectionName: `chat-${purpose}`,
      connectTimeout: HANDSHAKE_MS,
      disconnectTimeout: 100,
      enableOfflineQueue: false,
      autoResubscribe: false,
      // What was lost may have been carried out all the same: sent again, it would be done twice.
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: backoff,
    });
    this.watchdog = new Watchdog(this.client, () => this.drop('it does not answer'));
    this.client.on('connect', () => this.awaitHandshake());
    this.client.on('ready', () => this.cameUp());
    this.client.on('close', () => this.wentDown());
    this.client.on('error', (error) => (this.lastError = error));
  }

  get isUp(): boolean {
    return this.client.status === 'ready';
  }

  /** False while it is down, and while a question is open that should have been answered long ago. */
  get isResponsive(): boolean {
    return this.isUp && !this.watchdog.hasDoubts;
  }

  /** Someone had to wait too long: it counts as unresponsive until it has answered again. */
  doubt(): void {
    if (this.isResponsive) this.watchdog.doubt();
  }

  onUp(handler: () => void): void {
    this.upHandlers.push(handler);
  }

  onDown(handler: () => void): void {
    this.downHandlers.push(handler);
  }

  /**
   * Resolves when it is up for the first time.
   * @throws StoreUnreachable if that fails; then it is closed
   */
  async open(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const failed = new Promise<never>((_, reject) => {
      this.client.once('error', reject);
      timer = setTimeout(() => reject(new Error(`no answer within ${OPENING_MS} ms`)), OPENING_MS);
    });
    try {
      await Promise.race([this.client.connect(), failed]);
    } catch (error) {
      this.close();
      throw new StoreUnreachable('REDIS_URL', showRedisAddress(this.url), this.lastError ?? error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Breaks the connection; it comes back by itself. */
  drop(reason: string): void {
    this.logger.warn({ purpose: this.purpose, reason }, 'a connection to Redis is given up');
    this.client.stream.destroy();
  }

  /** For good. What is under way fails. */
  close(): void {
    this.wasUp = false;
    clearTimeout(this.handshake);
    this.watchdog.stop();
    this.client.disconnect();
    this.client.stream?.destroy();
  }

  private awaitHandshake(): void {
    this.handshake = setTimeout(() => this.drop('it accepts, and says nothing'), HANDSHAKE_MS);
  }

  private cameUp(): void {
    clearTimeout(this.handshake);
    if (this.lastError !== undefined) this.logger.log({ purpose: this.purpose }, 'a connection to Redis is back');
    this.lastError = undefined;
    this.wasUp = true;
    this.watchdog.start();
    for (const handler of this.upHandlers) handler();
  }

  private wentDown(): void {
    clearTimeout(this.handshake);
    this.watchdog.stop();
    if (!this.wasUp) return;
    this.wasUp = false;
    this.lastError ??= new Error('it was closed');
    this.logger.warn({ purpose: this.purpose, err: this.lastError }, 'a connection to Redis is lost');
    for (const handler of this.downHandlers) handler();
  }
}

/** Doubles up to a second; the random part keeps many nodes from coming back at the same moment. */
function backoff(attempt: number): number {
  const delay = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt - 1, 10));
  return delay / 2 + (Math.random() * delay) / 2;
}
