import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { OwnPassword } from './passwords/own-password';

/** For what a forgotten, unlocked phone must not be enough. Wrong guesses are limited like failed log-ins. */
@Injectable()
export class VerifyPassword {
  constructor(private readonly ownPassword: OwnPassword) {}

  /** @throws WrongPassword, RateLimited, ServiceBusy */
  async execute(actor: Actor, currentPassword: string): Promise<void> {
    await this.ownPassword.require(actor, currentPassword);
  }
}
