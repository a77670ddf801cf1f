import { Injectable } from '@nestjs/common';
import { Metrics } from '@app/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { actorOf } from '../auth/request-actor';
import { pathOfUrl } from '../http/path-of-url';

/** Asked by machines every few seconds. */
const QUIET_ROUTES = new Set(['/health', '/health/live', '/metrics']);

/** Longer ones are attempts at something. */
const MAX_LOGGED_PATH = 200;

/** One log line and one observation per finished request; and the request's id on every line logged meanwhile. */
@Injectable()
export class RequestObserver {
  constructor(
    private readonly logger: PinoLogger,
    private readonly metrics: Metrics,
  ) {}

  watch(server: FastifyInstance): void {
    // Not earlier: reading a body loses the asynchronous context.
    server.addHook('preHandler', (request, _reply, done) => {
      this.logger.runInContext(done, { bindings: { request_id: request.id } });
    });
    server.addHook('onResponse', (request, reply, done) => {
      this.observe(request, reply);
      done();
    });
  }

  private observe(request: FastifyRequest, reply: FastifyReply): void {
    const route = routeOf(request);
    const seconds = reply.elapsedTime / 1000;
    this.metrics.requests.observe({ method: request.method, route, status: reply.statusCode }, seconds);
    const level = QUIET_ROUTES.has(route) ? 'debug' : 'info';
    // The root, not the logger of the context: all fields are named here.
    PinoLogger.root[level](fieldsOf(request, reply), 'request completed');
  }
}

/** The pattern, never the path: the number of series must not grow with what clients ask for. */
function routeOf(request: FastifyRequest): string {
  return request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
}

function fieldsOf(request: FastifyRequest, reply: FastifyReply): Record<string, unknown> {
  return {
    request_id: request.id,
    method: request.method,
    path: pathOfUrl(request.raw.url).slice(0, MAX_LOGGED_PATH),
    status: reply.statusCode,
    duration_ms: Math.round(reply.elapsedTime * 10) / 10,
    user_id: actorOf(request)?.userId,
    address: request.ip,
  };
}
