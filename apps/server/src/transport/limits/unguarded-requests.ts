import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TokenAuthenticator } from '../auth/token-authenticator';
import { DOCS_PATH } from '../docs/docs-path';
import { RequestLimits } from './request-limits';

/** Counts the requests that never come to the guard: those for pages that no controller has, and those that break before. */
@Injectable()
export class UnguardedRequests {
  constructor(
    private readonly limits: RequestLimits,
    private readonly authenticator: TokenAuthenticator,
  ) {}

  /** Those that no guard awaits are counted before anything of their body is read. */
  watch(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply, done) => {
      if (!request.is404 && !request.routeOptions.url?.startsWith(`/${DOCS_PATH}`)) return done();
      this.count(request, reply).then(() => done(), done);
    });
  }

  isCounted(request: FastifyRequest): boolean {
    return this.limits.isSettled(request);
  }

  /**
   * Like the guard: for the user whose token it carries, or for the address.
   * @throws RateLimited; the headers are set in either case
   */
  async count(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.isCounted(request)) return;
    await this.limits.consume(request, reply, await this.findActor(request));
  }

  private async findActor(request: FastifyRequest): Promise<Actor | undefined> {
    try {
      return await this.authenticator.authenticateRequest(request);
    } catch {
      return undefined;
    }
  }
}
