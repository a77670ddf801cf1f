import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Config } from '@app/platform';
import type { User } from '../user';

const MINUTE_SECONDS = 60;

/** What an access token says; the same in every dialect. */
export interface AccessClaims {
  /** The user's id, as text. */
  readonly sub: string;
  /** The same. */
  readonly user_id: string;
  readonly email: string | null;
  readonly username: string;
  /** Seconds since 1970, as `exp`. */
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  /** The session that the token belongs to. */
  readonly sid: string;
}

/** Makes access tokens. They are verified at the door, and then by `Sessions.requireActor`. */
@Injectable()
export class AccessTokens {
  readonly expiresInSeconds: number;

  constructor(
    private readonly jwt: JwtService,
    config: Config,
  ) {
    this.expiresInSeconds = config.values.ACCESS_TOKEN_EXPIRE_MINUTES * MINUTE_SECONDS;
  }

  issue(user: Pick<User, 'id' | 'email' | 'username'>, sessionId: string): string {
    const userId = String(user.id);
    const claims: Omit<AccessClaims, 'iat' | 'exp'> = {
      sub: userId,
      user_id: userId,
      email: user.email,
      username: user.username,
      jti: randomUUID(),
      sid: sessionId,
    };
    return this.jwt.sign(claims, { expiresIn: this.expiresInSeconds });
  }
}
