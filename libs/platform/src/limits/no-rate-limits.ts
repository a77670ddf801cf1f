import { Injectable } from '@nestjs/common';
import { Limit, LimitState, RateLimits } from './rate-limits';

/** `RATE_LIMITS=off`: for load tests and trusted networks. */
@Injectable()
export class NoRateLimits extends RateLimits {
  async consume(limit: Limit): Promise<LimitState> {
    return { limit, remaining: limit.points, resetSeconds: limit.seconds };
  }

  async require(): Promise<void> {
    // Nothing is counted, so nothing is used up.
  }

  async giveBack(): Promise<void> {
    // Nothing was taken, so nothing is returned.
  }

  async reset(): Promise<void> {
    // Nothing is counted, so there is nothing to forget.
  }
}
