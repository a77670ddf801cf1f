import { createPublicKey, createSecretKey, KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Actor, Config } from '@app/platform';
import { AccessClaims, Sessions } from '@app/users';
import type { FastifyRequest } from 'fastify';
import { ExtractJwt, JwtFromRequestFunction, Strategy } from 'passport-jwt';
import { TokenSources } from './token-sources';

const fromHeader = ExtractJwt.fromAuthHeaderAsBearerToken();

/** The one way in which tokens are verified, for REST and sockets: signature, algorithm, expiry, then the session. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    config: Config,
    sources: TokenSources,
    private readonly sessions: Sessions,
  ) {
    super({
      jwtFromRequest: findToken(sources),
      // What is no key yet would be made one for every token; the types of `passport-jwt` don't know that it may be.
      secretOrKey: verifyingKey(config) as unknown as string,
      // Never the one that the token names.
      algorithms: [config.values.ALGORITHM],
    });
  }

  /** @throws the errors of `Sessions.requireActor`, when the session has ended or the account is gone */
  validate(claims: AccessClaims): Promise<Actor> {
    return this.sessions.requireActor(claims);
  }
}

function verifyingKey({ keys: { verify }, values: { ALGORITHM } }: Config): KeyObject {
  return ALGORITHM === 'HS256' ? createSecretKey(Buffer.from(verify)) : createPublicKey(verify);
}

/** The header counts first. Handshakes of sockets come as headers alone: their doors have looked elsewhere already. */
function findToken(sources: TokenSources): JwtFromRequestFunction<HandshakeHeaders | FastifyRequest> {
  return (request) => fromHeader(request) ?? ('raw' in request ? sources.find(request) : null);
}

interface HandshakeHeaders {
  readonly headers: object;
}
