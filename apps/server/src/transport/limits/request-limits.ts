import { Injectable } from '@nestjs/common';
import { Actor, Config, LimitState, RateLimited, RateLimits } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addressKey } from './client-address';
import { limitHeaders, usedUp } from './limit-headers';

/** Counts requests, per user or per address without one, and tells the client where it stands. */
@Injectable()
export class RequestLimits {
  private readonly settled = new WeakSet<FastifyRequest>();

  constructor(
    private readonly config: Config,
    private readonly limits: RateLimits,
  ) {}

  /** Whether the request is counted already, or is not to be. */
  isSettled(request: FastifyRequest): boolean {
    return !this.config.rateLimitsOn || this.settled.has(request);
  }

  /** It is not to be counted. */
  exempt(request: FastifyRequest): void {
    this.settled.add(request);
  }

  /** Once is enough. @throws RateLimited; the headers are set in either case */
  async consume(request: FastifyRequest, reply: FastifyReply, actor?: Actor): Promise<void> {
    if (this.isSettled(request)) return;
    this.settled.add(request);
    const limit = this.config.limits.requests;
    const key = actor ? `user:${actor.userId}` : `ip:${addressKey(request.ip)}`;
    try {
      this.tell(reply, await this.limits.consume(limit, key));
    } catch (refusal) {
      if (refusal instanceof RateLimited) this.tell(reply, usedUp(limit, refusal));
      throw refusal;
    }
  }

  private tell(reply: FastifyReply, state: LimitState): void {
    void reply.headers(limitHeaders(state));
  }
}
