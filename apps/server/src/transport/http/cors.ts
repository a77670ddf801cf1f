import type { Config } from '@app/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const EXPOSED_HEADERS = [
  'Content-Disposition',
  'Content-Range',
  'ETag',
  'Idempotency-Replayed',
  'Location',
  'RateLimit',
  'RateLimit-Limit',
  'RateLimit-Policy',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
  'X-Request-Id',
];

/** Pages of the configured origins may call us; without any, those of our own host alone. They may send cookies along, for dialects that take those. */
export function allowOrigins(app: NestFastifyApplication, { values: { CORS_ORIGINS } }: Config): void {
  if (CORS_ORIGINS.length === 0) return;
  app.enableCors({
    origin: [...CORS_ORIGINS],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    credentials: true,
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: 600,
  });
}
