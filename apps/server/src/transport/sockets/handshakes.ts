import { Injectable } from '@nestjs/common';
import { Actor, Config, DomainError, RateLimits } from '@app/platform';
import type { IncomingMessage } from 'node:http';
import { TokenAuthenticator } from '../auth';
import { addressOf, trustedProxies } from '../http/client-addresses';
import { addressKey } from '../limits';

/** Who comes in by a socket: the same check as for REST, and the same count. */
@Injectable()
export class Handshakes {
  private readonly trust: ReturnType<typeof trustedProxies>;

  constructor(
    private readonly config: Config,
    private readonly limits: RateLimits,
    private readonly authenticator: TokenAuthenticator,
  ) {
    this.trust = trustedProxies(config.values.TRUST_PROXY);
  }

  /**
   * Counts as one request: of the user, or of the address if nobody comes in. Who shares an address with someone
   * that tries bad tokens gets in all the same.
   * @param findToken with or without `Bearer `; empty if there is none
   * @throws RateLimited, and what `findToken` and `TokenAuthenticator.authenticate` throw
   */
  async authenticate(findToken: () => string, request: IncomingMessage): Promise<Actor> {
    let actor: Actor;
    try {
      actor = await this.authenticator.authenticate(findToken());
    } catch (error) {
      if (isRefusal(error)) await this.count(`ip:${addressKey(addressOf(request, this.trust))}`);
      throw error;
    }
    await this.count(`user:${actor.userId}`);
    return actor;
  }

  private async count(key: string): Promise<void> {
    await this.limits.consume(this.config.limits.requests, key);
  }
}

/** A store that is away is nobody's fault. */
function isRefusal(error: unknown): boolean {
  return error instanceof DomainError && (error.kind === 'unauthenticated' || error.kind === 'forbidden');
}
