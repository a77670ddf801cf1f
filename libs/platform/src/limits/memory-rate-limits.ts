import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimited } from '../errors';
import { Mutex } from '../mutex';
import { Limit, LimitState, RateLimits } from './rate-limits';
import { wholeSeconds } from './whole-seconds';

/** Keys per limit: enough for every user and address of a node, and some megabytes at most. */
const MAX_KEYS = 100_000;

/** The keys that a limiter counts, least recently used first: whoever comes from ever new addresses can't make it grow. */
interface CountedKeys {
  readonly limiter: RateLimiterMemory;
  readonly keys: LRUCache<string, true>;
}

/** Counts in this process: right for a single node. */
@Injectable()
export class MemoryRateLimits extends RateLimits {
  private readonly counted = new Map<string, CountedKeys>();
  /** One at a time: of many that give back at once, each must see what the one before has left. */
  private readonly returns = new Mutex();

  async consume(limit: Limit, key: string): Promise<LimitState> {
    const { limiter, keys } = this.countedFor(limit);
    keys.set(key, true);
    try {
      const used = await limiter.consume(key);
      return { limit, remaining: used.remainingPoints, resetSeconds: wholeSeconds(used.msBeforeNext) };
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new RateLimited(limit.sentence, wholeSeconds(refused.msBeforeNext));
    }
  }

  async require(limit: Limit, key: string): Promise<void> {
    const used = await this.countedFor(limit).limiter.get(key);
    if (used !== null && used.consumedPoints >= limit.points) {
      throw new RateLimited(limit.sentence, wholeSeconds(used.msBeforeNext));
    }
  }

  giveBack(limit: Limit, key: string): Promise<void> {
    const { limiter } = this.countedFor(limit);
    return this.returns.run(async () => {
      const used = await limiter.get(key);
      if (used !== null && used.consumedPoints > 0) await limiter.reward(key);
    });
  }

  reset(limit: Limit, key: string): Promise<void> {
    const { keys } = this.countedFor(limit);
    return this.returns.run(async () => void keys.delete(key));
  }

  private countedFor(limit: Limit): CountedKeys {
    let counted = this.counted.get(limit.name);
    if (!counted) {
      counted = countKeys(limit);
      this.counted.set(limit.name, counted);
    }
    return counted;
  }
}

function countKeys(limit: Limit): CountedKeys {
  const limiter = new RateLimiterMemory({ keyPrefix: limit.name, points: limit.points, duration: limit.seconds });
  const forget = (_counted: true, key: string) => void limiter.delete(key);
  const keys = new LRUCache<string, true>({ max: MAX_KEYS, noDisposeOnSet: true, dispose: forget });
  return { limiter, keys };
}
