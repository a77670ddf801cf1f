import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * For all answers. The policy lets the pages of the documentation work, which bring styles of their own and
 * a worker for their search, and nothing from any other host. HTTPS is the business of the proxy in front.
 */
export function sendSecurityHeaders(server: FastifyInstance): void {
  void server.register(helmet, {
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
}
