import { applyDecorators, CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../auth/request-actor';
import { NOT_LIMITED_EXTENSION } from '../docs/extensions';
import { RequestLimits } from './request-limits';

const NotLimitedMark = Reflector.createDecorator<true>();

/** For what monitoring asks all day long. */
export const NotLimited = () => applyDecorators(NotLimitedMark(true), ApiExtension(NOT_LIMITED_EXTENSION, true));

/** Stands after authentication, so that each user has a count of their own. */
@Injectable()
export class RequestLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RequestLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (this.reflector.getAllAndOverride(NotLimitedMark, [context.getHandler(), context.getClass()])) {
      this.limits.exempt(request);
    }
    await this.limits.consume(request, http.getResponse<FastifyReply>(), actorOf(request));
    return true;
  }
}
