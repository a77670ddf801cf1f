import { LimitState, RateLimited } from '@app/platform';

/** Both forms that are in use: one header per number, and the structured `RateLimit` of the newer drafts. */
export function limitHeaders({ limit, remaining, resetSeconds }: LimitState): Record<string, string> {
  return {
    'ratelimit-limit': String(limit.points),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
    'ratelimit-policy': `${limit.points};w=${limit.seconds}`,
    ratelimit: `"${limit.name}";r=${remaining};t=${resetSeconds}`,
  };
}

/** Where someone stands who has just been refused. */
export function usedUp(limit: LimitState['limit'], refusal: RateLimited): LimitState {
  return { limit, remaining: 0, resetSeconds: refusal.retryAfterSeconds ?? limit.seconds };
}
