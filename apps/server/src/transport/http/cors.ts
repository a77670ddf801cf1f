import type { Config } from '@app/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

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
  'Tus-Extension',
  'Tus-Max-Size',
  'Tus-Resumable',
  'Tus-Version',
  'Upload-Expires',
  'Upload-Length',
  'Upload-Media-Id',
  'Upload-Metadata',
  'Upload-Offset',
  'X-Request-Id',
];

/** Pages of the configured origins may call us; without any, those of our own host alone. They may send cookies along, for dialects that take those. */
export function allowOrigins(app: NestFastifyApplication, { values: { CORS_ORIGINS } }: Config): void {
  if (CORS_ORIGINS.length === 0) return;
  const options = {
    origin: [...CORS_ORIGINS],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    credentials: true,
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: 600,
  };
  // What is no question of a browser's, the route answers, if it takes OPTIONS.
  app.enableCors({ delegator: (request, tell) => tell(null, { ...options, preflight: isPreflight(request) }) });
}

function isPreflight({ headers }: FastifyRequest): boolean {
  return headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}
