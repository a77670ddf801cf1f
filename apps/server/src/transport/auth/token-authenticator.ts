import { Injectable } from '@nestjs/common';
import { Actor } from '@app/platform';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { JwtStrategy } from './jwt.strategy';
import { actorFrom } from './token-verdict';

const SCHEME = /^Bearer\s+/i;

/** Verifies tokens where no guard does: those of socket handshakes, and of requests for which there is no handler. */
@Injectable()
export class TokenAuthenticator {
  /** The strategy is asked for by its name; depending on it makes sure that it is there. */
  constructor(readonly strategy: JwtStrategy) {}

  /**
   * Runs the same strategy as REST.
   * @param token with or without `Bearer `; empty if there is none
   * @throws MissingToken, ExpiredToken, InvalidToken and what `Sessions.requireActor` throws
   */
  authenticate(token: string): Promise<Actor> {
    const bare = token.replace(SCHEME, '').trim();
    return this.run({ headers: bare === '' ? {} : { authorization: `Bearer ${bare}` } });
  }

  /** The same for a request that comes to no guard. */
  authenticateRequest(request: FastifyRequest): Promise<Actor> {
    return this.run(request);
  }

  private async run(request: object): Promise<Actor> {
    const verdict = await new Promise<Verdict>((resolve, reject) => {
      const decide = (...given: Verdict): void => resolve(given);
      const run = passport.authenticate('jwt', { session: false }, decide) as Middleware;
      run(request, undefined, reject);
    });
    return actorFrom(...verdict);
  }
}

type Verdict = Parameters<typeof actorFrom>;
type Middleware = (request: object, response: undefined, next: (error: Error) => void) => void;
