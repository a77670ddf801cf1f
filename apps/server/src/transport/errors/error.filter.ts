import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ErrorResponder } from './error-responder';

/** The one filter for HTTP. Nest also brings here what the HTTP server raised before any handler: 404, bodies, hooks. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly responder: ErrorResponder) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.responder.respond(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
