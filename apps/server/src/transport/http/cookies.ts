import fastifyCookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';

/** Lets dialects send cookies. None is read unless a dialect looks for it, so that no other takes it for a log-in. */
export function allowCookies(server: FastifyInstance): void {
  void server.register(fastifyCookie, { hook: false });
}

/** The cookies of a request or a handshake, by their names; the first of two with the same name. */
export function cookiesOf(headers: { readonly cookie?: string }): Readonly<Record<string, string | undefined>> {
  return headers.cookie === undefined ? {} : fastifyCookie.parse(headers.cookie);
}
