import type { FastifyReply } from 'fastify';

/** Where the native API stands. */
export const API = 'api/v1';

/** Says where to find what was made: `path` is relative to the API. */
export function locate(reply: FastifyReply, path: string): void {
  void reply.header('Location', `/${API}/${path}`);
}
