import multipart from '@fastify/multipart';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UnsupportedMediaType } from '../errors/transport.errors';

const MULTIPART = /^multipart\/form-data\s*(;|$)/i;

/** For routes that take a file as `multipart/form-data`, and nothing else. All others answer 415 to it. */
export const AcceptsUpload = () => RouteConfig({ acceptsUpload: true });

/** Whether the request's body may be larger and take longer than those of others: it is written to disk as it comes. */
export function takesUpload(request: FastifyRequest): boolean {
  return (request.routeOptions.config as { acceptsUpload?: boolean }).acceptsUpload === true;
}

export function acceptUploads(server: FastifyInstance): void {
  void server.register(multipart, { throwFileSizeLimit: false });
  server.addHook('preParsing', (request, _reply, _payload, done) => {
    done(isMultipart(request) === takesUpload(request) ? null : refusalOf(request));
  });
}

/** A request without a body has no type, and is told so by the route. */
function refusalOf(request: FastifyRequest): UnsupportedMediaType | null {
  if (isMultipart(request)) return new UnsupportedMediaType();
  return new UnsupportedMediaType(['multipart/form-data']);
}

function isMultipart(request: FastifyRequest): boolean {
  return MULTIPART.test(request.headers['content-type'] ?? '');
}
