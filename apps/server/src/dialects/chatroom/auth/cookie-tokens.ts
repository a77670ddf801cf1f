import { Injectable, OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { TokenSource, TokenSources } from '../../../transport/auth';
import { OriginPolicy } from '../../../transport/sockets/origin-policy';
import { CookieFromElsewhere } from '../errors/chatroom.errors';
import { isOfChatroom } from '../paths';
import { readSessionCookie } from './session-cookie';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The token of the cookie, for this dialect alone. What changes something, and what opens a socket, needs a proof
 * that one of our own pages asks: `SameSite=Lax` alone would believe every neighbour under the same domain.
 */
@Injectable()
export class CookieTokens implements TokenSource, OnModuleInit {
  constructor(
    private readonly sources: TokenSources,
    private readonly origins: OriginPolicy,
  ) {}

  onModuleInit(): void {
    this.sources.register(this);
  }

  matches(path: string): boolean {
    return isOfChatroom(path);
  }

  /** @throws CookieFromElsewhere */
  find({ method, headers, raw }: FastifyRequest): string | null {
    const token = readSessionCookie(headers);
    if (token !== null && !READING.has(method) && !this.hasOrigin(raw)) throw new CookieFromElsewhere();
    return token;
  }

  /**
   * For the handshake of a socket. Browsers leave the `Origin` out of requests that only read, with which some
   * connections begin; there, `Sec-Fetch-Site` says the same, and no script can set it.
   * @throws CookieFromElsewhere
   */
  findInHandshake(request: Pick<IncomingMessage, 'headers'>): string | null {
    const token = readSessionCookie(request.headers);
    const isOurs = this.hasOrigin(request) || request.headers['sec-fetch-site'] === 'same-origin';
    if (token !== null && !isOurs) throw new CookieFromElsewhere();
    return token;
  }

  private hasOrigin(request: Pick<IncomingMessage, 'headers'>): boolean {
    return request.headers.origin !== undefined && this.origins.allows(request);
  }
}
