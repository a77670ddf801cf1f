import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { UsersRepository } from './persistence/users.repository';
import { PublicUser, toPublicUser } from './user';
import { UserNotFound } from './users.errors';

/** What anybody who is logged in may know of a person. */
@Injectable()
export class GetProfile {
  constructor(private readonly users: UsersRepository) {}

  /** @throws UserNotFound also if the account is deleted */
  async execute(_actor: Actor, userId: number): Promise<PublicUser> {
    const user = await this.users.find(userId);
    if (!user?.isActive) throw new UserNotFound(userId);
    return toPublicUser(user);
  }
}
