import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

/**
 * The policy lets the pages of the documentation work, which bring styles of their own and a worker for their search,
 * and nothing from any other host. HTTPS is the business of the proxy in front. Made once: `@fastify/helmet` does so for
 * each request, which allocates 12 KB.
 */
const protect = helmet({
  strictTransportSecurity: false,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      workerSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
});

/** For all answers to requests that can be read and are let in. */
export function sendSecurityHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', ({ raw: request }, { raw: response }, done) => {
    protect(request, response, (error) => done(error as Error | undefined));
  });
}
