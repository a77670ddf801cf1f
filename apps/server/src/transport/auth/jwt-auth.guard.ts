import { ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { Actor } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { RequestLimits } from '../limits/request-limits';
import { PublicMark } from './public.decorator';
import { actorOf } from './request-actor';
import { signatureOf, SignedLinkMark, SignedLinks } from './signed-links';
import { actorFrom } from './token-verdict';

/** Every route of every controller asks for a good token, unless it is `@Public()`. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RequestLimits,
    private readonly logger: PinoLogger,
    private readonly links: SignedLinks,
  ) {
    super();
  }

  /** @throws MissingToken, ExpiredToken, InvalidToken, MediaLinkInvalid, or RateLimited for an address that keeps trying */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride(PublicMark, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    try {
      await this.authenticate(context, request);
    } catch (error) {
      await this.limits.consume(request, context.switchToHttp().getResponse<FastifyReply>());
      throw error;
    }
    this.logger.assign({ user_id: actorOf(request)?.userId });
    return true;
  }

  /** A token counts more than a link: who sends both is who the token says. */
  private async authenticate(context: ExecutionContext, request: FastifyRequest): Promise<void> {
    const signature = this.reflector.get(SignedLinkMark, context.getHandler()) && signatureOf(request);
    if (signature === undefined || request.headers.authorization !== undefined) await super.canActivate(context);
    else Object.assign(request, { user: await this.links.requireActor(request, signature) });
  }

  override handleRequest<User = Actor>(error: Error | null, actor: Actor | false, info: unknown): User {
    return actorFrom(error, actor, info) as User;
  }
}
