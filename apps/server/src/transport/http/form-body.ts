import formBody from '@fastify/formbody';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UnsupportedMediaType } from '../errors/transport.errors';
import { MAX_BODY_BYTES } from './body-limits';
import { hasBody } from './has-body';

const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i;

/** For routes that take `application/x-www-form-urlencoded` as well, such as a log-in. All others answer 415 to it. */
export const AcceptsForm = () => RouteConfig({ acceptsForm: true });

export function acceptFormBodies(server: FastifyInstance): void {
  void server.register(formBody, { bodyLimit: MAX_BODY_BYTES });
  server.addHook('preParsing', (request, _reply, _payload, done) => {
    done(isForm(request) && hasBody(request) && !acceptsForm(request) ? new UnsupportedMediaType() : null);
  });
}

function isForm(request: FastifyRequest): boolean {
  return FORM.test(request.headers['content-type'] ?? '');
}

function acceptsForm(request: FastifyRequest): boolean {
  return (request.routeOptions.config as { acceptsForm?: boolean }).acceptsForm === true;
}
