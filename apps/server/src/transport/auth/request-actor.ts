import type { Actor } from '@app/platform';
import type { FastifyRequest } from 'fastify';

/** Who sent the request; undefined if nobody could be made out, or before it was tried. Passport puts it there. */
export function actorOf(request: FastifyRequest): Actor | undefined {
  return (request as FastifyRequest & { user?: Actor }).user;
}
