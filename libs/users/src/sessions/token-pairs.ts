import { Injectable } from '@nestjs/common';
import { Clock, Config } from '@app/platform';
import type { TokenPair } from '../session';
import type { User } from '../user';
import { AccessTokens } from './access-tokens';
import type { RefreshToken } from './refresh-token';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What a session is given at log-in and at each refresh. */
@Injectable()
export class TokenPairs {
  private readonly refreshExpiryMs: number;

  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.refreshExpiryMs = config.values.REFRESH_TOKEN_EXPIRE_DAYS * DAY_MS;
  }

  /** When a session is over that is refreshed now and then not any more. */
  nextExpiry(): Date {
    return new Date(this.clock.now().getTime() + this.refreshExpiryMs);
  }

  issue(user: User, refresh: RefreshToken): TokenPair {
    return {
      accessToken: this.accessTokens.issue(user, refresh.sessionId),
      refreshToken: refresh.token,
      expiresInSeconds: this.accessTokens.expiresInSeconds,
    };
  }
}
