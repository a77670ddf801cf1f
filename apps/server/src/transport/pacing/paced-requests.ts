import type { FastifyInstance } from 'fastify';
import type { Pace } from './pace';

/** A request begins when its turn comes: thousands at once leave time for everybody else. */
export function paceRequests(server: FastifyInstance, pace: Pace): void {
  server.addHook('onRequest', (_request, reply, done) => {
    try {
      pace.enter('request', reply.raw, done);
    } catch (error) {
      done(error as Error);
    }
  });
}
