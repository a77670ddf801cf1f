import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Actor, Config } from '@app/platform';
import { AccessClaims, Sessions } from '@app/users';
import { ExtractJwt, Strategy } from 'passport-jwt';

/** The one way in which tokens are verified, for REST and sockets: signature, algorithm, expiry, then the session. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    config: Config,
    private readonly sessions: Sessions,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: config.keys.verify,
      // Never the one that the token names.
      algorithms: [config.values.ALGORITHM],
    });
  }

  /** @throws the errors of `Sessions.requireActor`, when the session has ended or the account is gone */
  validate(claims: AccessClaims): Promise<Actor> {
    return this.sessions.requireActor(claims);
  }
}
