import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { UsersRepository } from './persistence/users.repository';
import type { User } from './user';
import { InvalidToken } from './users.errors';

/** The actor's own account, with the e-mail address. */
@Injectable()
export class GetOwnProfile {
  constructor(private readonly users: UsersRepository) {}

  /** @throws InvalidToken if the account was deleted at this moment */
  async execute(actor: Actor): Promise<User> {
    const user = await this.users.find(actor.userId);
    if (!user?.isActive) throw new InvalidToken();
    return user;
  }
}
