import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookiesOf } from '../../../transport/http/cookies';

const NAME = 'Authorization';
const SCHEME = /^Bearer\s+/i;

/**
 * Lets a browser hold the token where no script can read it.
 * @param token null to take it away
 */
export function sendSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  token: { readonly value: string; readonly seconds: number } | null,
): void {
  void reply.setCookie(NAME, token?.value ?? '', {
    httpOnly: true,
    sameSite: 'lax',
    // Also for the sockets, which stand elsewhere.
    path: '/',
    secure: request.protocol === 'https',
    maxAge: token?.seconds ?? 0,
  });
}

/** The bare token of the cookie, null without one. */
export function readSessionCookie(headers: { readonly cookie?: string }): string | null {
  return cookiesOf(headers)[NAME]?.replace(SCHEME, '') || null;
}
