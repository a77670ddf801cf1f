import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimited } from '../errors';
import { Limit, LimitState, RateLimits } from './rate-limits';

/** Counts in this process: right for a single node. */
@Injectable()
export class MemoryRateLimits extends RateLimits {
  private readonly limiters = new Map<string, RateLimiterMemory>();

  async consume(limit: Limit, key: string): Promise<LimitState> {
    try {
      const used = await this.limiterOf(limit).consume(key);
      return { limit, remaining: used.remainingPoints, resetSeconds: seconds(used.msBeforeNext) };
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new RateLimited(limit.sentence, seconds(refused.msBeforeNext));
    }
  }

  async require(limit: Limit, key: string): Promise<void> {
    const used = await this.limiterOf(limit).get(key);
    if (used !== null && used.consumedPoints >= limit.points) {
      throw new RateLimited(limit.sentence, seconds(used.msBeforeNext));
    }
  }

  async reset(limit: Limit, key: string): Promise<void> {
    await this.limiterOf(limit).delete(key);
  }

  private limiterOf(limit: Limit): RateLimiterMemory {
    let limiter = this.limiters.get(limit.name);
    if (!limiter) {
      limiter = new RateLimiterMemory({ keyPrefix: limit.name, points: limit.points, duration: limit.seconds });
      this.limiters.set(limit.name, limiter);
    }
    return limiter;
  }
}

function seconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}
