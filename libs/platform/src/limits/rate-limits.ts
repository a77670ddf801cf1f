/** How often something may be done: `points` in any window of `seconds`, counted per key. */
export interface Limit {
  /** Also the name in the `RateLimit-Policy` header: lower case, no spaces. */
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
  /** What a person is told who went too far: "Too many requests." */
  readonly sentence: string;
}

/** Where a key stands in its window. */
export interface LimitState {
  readonly limit: Limit;
  readonly remaining: number;
  /** Whole seconds until the window starts anew. */
  readonly resetSeconds: number;
}

/**
 * Port: counts events per key, so that one caller can't take what is meant for all.
 * With `RATE_LIMITS=off` nothing is counted and nothing refused.
 */
export abstract class RateLimits {
  /**
   * Takes one point.
   * @throws RateLimited when none is left.
   */
  abstract consume(limit: Limit, key: string): Promise<LimitState>;

  /**
   * Looks without taking: for limits on failures, which are counted afterwards.
   * @throws RateLimited when none is left.
   */
  abstract require(limit: Limit, key: string): Promise<void>;

  /**
   * Returns one point that `consume` took: for limits on failures, which are counted beforehand,
   * so that many attempts at once can't all pass before the first has failed.
   */
  abstract giveBack(limit: Limit, key: string): Promise<void>;

  /** Forgets what `key` has used, as after a successful log-in. */
  abstract reset(limit: Limit, key: string): Promise<void>;
}
