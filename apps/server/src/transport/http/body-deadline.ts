import type { FastifyInstance } from 'fastify';
import { hasBody } from './has-body';
import { takesUpload } from './uploads';

const SECOND = 1000;
/** Whoever sends a request byte by byte holds a connection for half a minute at most; whoever uploads, as long as bytes come. */
const MAX_BODY_MS = 30 * SECOND;

/** Of any request, uploads too. */
export const MAX_REQUEST_MS = 3600 * SECOND;

/** Bounds the time that a body may take. The server itself knows only one limit for all requests. */
export function limitBodyTime(server: FastifyInstance): void {
  server.addHook('preParsing', (request, _reply, payload, done) => {
    if (!hasBody(request.raw)) return done(null, payload);
    const giveUp = (): void => {
      const error = Object.assign(new Error('the body takes too long'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      // As the server does it itself for slow headers.
      if (!request.raw.complete) server.server.emit('clientError', error, request.raw.socket);
    };
    if (takesUpload(request)) request.raw.setTimeout(MAX_BODY_MS, giveUp);
    else {
      const timer = setTimeout(giveUp, MAX_BODY_MS);
      request.raw.once('close', () => clearTimeout(timer)).once('end', () => clearTimeout(timer));
    }
    return done(null, payload);
  });
}
