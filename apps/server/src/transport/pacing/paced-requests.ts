import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import type { Pace } from './pace';

/** A connection can send requests before the first is answered; alone it could fill the queue in which all wait. */
const MAX_WAITING_OF_CONNECTION = 100;

/** A request begins when its turn comes: thousands at once leave time for everybody else. */
export function paceRequests(server: FastifyInstance, pace: Pace): void {
  /** How many requests of each connection wait. */
  const waiting = new WeakMap<Socket, number>();
  const count = (socket: Socket, change: number): number => {
    const next = (waiting.get(socket) ?? 0) + change;
    waiting.set(socket, next);
    return next;
  };
  server.addHook('onRequest', ({ raw: { socket } }, reply, done) => {
    try {
      if (count(socket, 1) > MAX_WAITING_OF_CONNECTION) {
        pace.refuse('request', `${MAX_WAITING_OF_CONNECTION} other requests of this connection are waiting`);
      }
      pace.enter('request', reply.raw, () => {
        count(socket, -1);
        done();
      });
    } catch (error) {
      count(socket, -1);
      done(error as Error);
    }
  });
}
