import { createPublicKey, createSecretKey, KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Actor, Config } from '@app/platform';
import { AccessClaims, Sessions } from '@app/users';
import type { FastifyRequest } from 'fastify';
import { ExtractJwt, JwtFromRequestFunction, Strategy } from 'passport-jwt';
import { TokenSources } from './token-sources';
import { VerifiedTokens } from './verified-tokens';

const fromHeader = ExtractJwt.fromAuthHeaderAsBearerToken();

/**
 * The one way in which tokens are verified, for REST and sockets: signature, algorithm, expiry, then the session.
 * Whose a token is, is remembered until it expires; whether its session still counts is asked every time.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  private readonly verified = new VerifiedTokens();
  private readonly findToken: FindToken;

  constructor(
    config: Config,
    sources: TokenSources,
    private readonly sessions: Sessions,
  ) {
    const findToken = tokenFinder(sources);
    super({
      jwtFromRequest: findToken,
      passReqToCallback: true,
      // What is no key yet would be made one for every token; the types of `passport-jwt` don't know that it may be.
      secretOrKey: verifyingKey(config) as unknown as string,
      // Never the one that the token names.
      algorithms: [config.values.ALGORITHM],
    });
    this.findToken = findToken;
  }

  override authenticate(request: TokenCarrier, options?: object): void {
    const actor = this.verified.find(this.findToken(request));
    if (!actor) {
      super.authenticate(request as never, options);
      return;
    }
    this.requireLive(actor).then(
      () => this.success(actor),
      (error: unknown) => this.error(error as Error),
    );
  }

  /** @throws the errors of `Sessions.requireActor`, when the session has ended or the account is gone */
  async validate(request: TokenCarrier, claims: AccessClaims): Promise<Actor> {
    const actor = await this.sessions.requireActor(claims);
    this.verified.add(this.findToken(request), actor, claims.exp * 1000);
    return actor;
  }

  private async requireLive(actor: Actor): Promise<void> {
    await this.sessions.requireLive(actor);
  }
}

function verifyingKey({ keys: { verify }, values: { ALGORITHM } }: Config): KeyObject {
  return ALGORITHM === 'HS256' ? createSecretKey(Buffer.from(verify)) : createPublicKey(verify);
}

/** The header counts first. Handshakes of sockets come as headers alone: their doors have looked elsewhere already. */
function tokenFinder(sources: TokenSources): FindToken {
  return (request) => fromHeader(request) ?? ('raw' in request ? sources.find(request) : null);
}

interface HandshakeHeaders {
  readonly headers: object;
}

type TokenCarrier = HandshakeHeaders | FastifyRequest;
type FindToken = JwtFromRequestFunction<TokenCarrier>;
