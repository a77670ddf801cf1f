import { CanActivate, ExecutionContext, Injectable, UseGuards } from '@nestjs/common';
import { Config, RateLimits } from '@app/platform';
import { actorOf } from '../auth/request-actor';

@Injectable()
class MessageLimitGuard implements CanActivate {
  constructor(
    private readonly config: Config,
    private readonly limits: RateLimits,
  ) {}

  /** @throws RateLimited */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const actor = actorOf(context.switchToHttp().getRequest());
    if (!actor) throw new Error('@CountsAsMessage() stands on a public route');
    await this.limits.consume(this.config.limits.messages, `user:${actor.userId}`);
    return true;
  }
}

/** For routes that send a message: they use up the same limit as the sockets of that user. */
export const CountsAsMessage = () => UseGuards(MessageLimitGuard);
