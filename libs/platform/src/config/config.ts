import type { ConfigValues } from './config-values';
import { Limits, limitsFrom } from './limits';

/** Key material that tokens are signed and verified with. */
export interface SigningKeys {
  /** Secret (HS256) or private key in PEM. */
  readonly sign: string;
  /** Secret (HS256) or public key in PEM. */
  readonly verify: string;
}

/** The validated configuration; inject it by this class. */
export class Config {
  readonly limits: Limits;

  constructor(
    readonly values: ConfigValues,
    readonly keys: SigningKeys,
    /** What an operator should know about the settings given; logged once at start. */
    readonly warnings: readonly string[],
  ) {
    this.limits = limitsFrom(values);
  }

  get rateLimitsOn(): boolean {
    return this.values.RATE_LIMITS === 'on';
  }
}
