import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowedMethods } from '../http/allowed-methods';
import { routedPathOf } from '../http/path-of-url';
import { UnguardedRequests } from '../limits/unguarded-requests';
import { ErrorShapes } from './error-shapes';
import type { RenderedError } from './error-shape';
import { toDomainError } from './to-domain-error';
import { MethodNotAllowed, RangeNotSatisfiable, RouteNotFound } from './transport.errors';

/** Answers a failed HTTP request in the shape of its dialect, wherever it failed: in a handler, before it, or without one. */
@Injectable()
export class ErrorResponder {
  private readonly logger = new Logger(ErrorResponder.name);

  constructor(
    private readonly shapes: ErrorShapes,
    private readonly methods: AllowedMethods,
    private readonly unguarded: UnguardedRequests,
  ) {}

  /** A request that has come to no guard is counted first: who sends too many is told that instead. */
  respond(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    // Under overload the answer has to cost little.
    const isOverload = toDomainError(thrown).kind === 'unavailable';
    if (isOverload || this.unguarded.isCounted(request)) return this.answer(thrown, request, reply);
    void this.unguarded.count(request, reply).then(
      () => this.answer(thrown, request, reply),
      (refusal: unknown) => this.answer(refusal, request, reply),
    );
  }

  private answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const path = routedPathOf(request.raw.url);
    const error = this.withAllowedMethods(toDomainError(thrown), request.method, path);
    if (error.kind === 'internal') this.logger.error({ err: error.cause ?? error, path }, 'a request failed');
    // The answer is on its way, or the client is gone: nobody is left to be told.
    if (reply.sent || reply.raw.headersSent) return;
    const { status, headers, body } = this.shapes.shapeFor(path).render(error);
    if (error instanceof MethodNotAllowed) void reply.header('allow', error.allowed.join(', '));
    if (error instanceof RangeNotSatisfiable) void reply.header('content-range', `bytes */${error.size}`);
    void reply.code(status).headers(headers).send(body);
  }

  /** For requests so broken that there is no path: the default shape. */
  render(error: DomainError, status: number): RenderedError {
    return this.shapes.shapeFor('').render(error, status);
  }

  private withAllowedMethods(error: DomainError, method: string, path: string): DomainError {
    if (!(error instanceof RouteNotFound)) return error;
    const allowed = this.methods.at(path);
    return allowed.length > 0 && !allowed.includes(method) ? new MethodNotAllowed(method, allowed) : error;
  }
}
