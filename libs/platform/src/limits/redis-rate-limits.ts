import { Logger, OnApplicationShutdown } from '@nestjs/common';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimited } from '../errors';
import { RedisConnection } from '../redis';
import { MemoryRateLimits } from './memory-rate-limits';
import { Limit, LimitState, RateLimits } from './rate-limits';
import { wholeSeconds } from './whole-seconds';

/** Nobody waits longer than this for being counted. */
const TIMEOUT_MS = 250;
const KEY_PREFIX = 'chat:limit:';

/** Adds points, or takes some back from a count that has any: in one step, so that a window that ends meanwhile gives nothing away. */
const COUNT_SCRIPT = `
if tonumber(ARGV[1]) < 0 and tonumber(redis.call('get', KEYS[1]) or '0') <= 0 then return {0, 0} end
redis.call('set', KEYS[1], 0, 'EX', ARGV[2], 'NX')
return {redis.call('incrby', KEYS[1], ARGV[1]), redis.call('pttl', KEYS[1])}`;

/**
 * Counts in Redis, for all nodes together. While Redis does not answer, each node counts by itself: a limit is then
 * so many times higher, but it is one, and nobody is refused because of Redis.
 */
export class RedisRateLimits extends RateLimits implements OnApplicationShutdown {
  private readonly logger = new Logger(RedisRateLimits.name);
  private readonly limiters = new Map<string, RateLimiterRedis>();
  private readonly memory = new MemoryRateLimits();

  private constructor(private readonly connection: RedisConnection) {
    super();
  }

  /** @throws StoreUnreachable if Redis is not there */
  static async open(url: string): Promise<RedisRateLimits> {
    const connection = new RedisConnection(url, 'limits');
    await connection.open();
    return new RedisRateLimits(connection);
  }

  async consume(limit: Limit, key: string): Promise<LimitState> {
    const used = await this.ask(() => consumePoint(this.limiterFor(limit), key));
    if (used === undefined) return this.memory.consume(limit, key);
    if (used.consumedPoints > limit.points) throw refusal(limit, used);
    return { limit, remaining: used.remainingPoints, resetSeconds: wholeSeconds(used.msBeforeNext) };
  }

  async require(limit: Limit, key: string): Promise<void> {
    const used = await this.ask(() => this.limiterFor(limit).get(key));
    if (used === undefined) return this.memory.require(limit, key);
    if (used !== null && used.consumedPoints >= limit.points) throw refusal(limit, used);
  }

  async giveBack(limit: Limit, key: string): Promise<void> {
    const left = await this.ask(() => this.limiterFor(limit).reward(key));
    if (left === undefined) await this.memory.giveBack(limit, key);
  }

  async reset(limit: Limit, key: string): Promise<void> {
    await Promise.all([this.ask(() => this.limiterFor(limit).delete(key)), this.memory.reset(limit, key)]);
  }

  onApplicationShutdown(): void {
    this.connection.close();
  }

  /** @returns undefined if Redis does not answer: then memory has to do */
  private async ask<Answer>(question: () => Promise<Answer>): Promise<Answer | undefined> {
    if (!this.connection.isResponsive) return undefined;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      const giveUp = () => reject(new Error(`no answer within ${TIMEOUT_MS} ms`));
      // If this process itself was held up, the answer may be there already: it is read first.
      timer = setTimeout(() => setImmediate(() => setImmediate(giveUp)), TIMEOUT_MS);
    });
    try {
      return await Promise.race([question(), tooLate]);
    } catch (error) {
      if (this.connection.isResponsive) this.logger.warn({ err: error }, 'limits are counted by each node for itself');
      this.connection.doubt();
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  private limiterFor(limit: Limit): RateLimiterRedis {
    let limiter = this.limiters.get(limit.name);
    if (!limiter) {
      limiter = new RateLimiterRedis({
        storeClient: this.connection.client,
        keyPrefix: KEY_PREFIX + limit.name,
        points: limit.points,
        duration: limit.seconds,
        customIncrTtlLuaScript: COUNT_SCRIPT,
      });
      this.limiters.set(limit.name, limiter);
    }
    return limiter;
  }
}

/** A refusal is an answer like any other here. */
async function consumePoint(limiter: RateLimiterRedis, key: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return refused;
    throw refused;
  }
}

function refusal(limit: Limit, used: RateLimiterRes): RateLimited {
  return new RateLimited(limit.sentence, wholeSeconds(used.msBeforeNext));
}
