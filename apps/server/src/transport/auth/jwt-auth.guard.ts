import { ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { Actor } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { RequestLimits } from '../limits/request-limits';
import { PublicMark } from './public.decorator';
import { actorOf } from './request-actor';
import { actorFrom } from './token-verdict';

/** Every route of every controller asks for a good token, unless it is `@Public()`. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RequestLimits,
    private readonly logger: PinoLogger,
  ) {
    super();
  }

  /** @throws MissingToken, ExpiredToken, InvalidToken, or RateLimited for an address that keeps trying */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride(PublicMark, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    try {
      await super.canActivate(context);
    } catch (error) {
      await this.limits.consume(request, context.switchToHttp().getResponse<FastifyReply>());
      throw error;
    }
    this.logger.assign({ user_id: actorOf(request)?.userId });
    return true;
  }

  override handleRequest<User = Actor>(error: Error | null, actor: Actor | false, info: unknown): User {
    return actorFrom(error, actor, info) as User;
  }
}
