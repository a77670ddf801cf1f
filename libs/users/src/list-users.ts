import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { UsersRepository } from './persistence/users.repository';
import { PublicUser, toPublicUser } from './user';

/** Everybody who has an account, in the order in which they came, for anybody who is logged in. */
@Injectable()
export class ListUsers {
  constructor(private readonly users: UsersRepository) {}

  /** @param slice.after the id of the last one that is known already; 0 to begin */
  async execute(_actor: Actor, slice: { readonly after: number; readonly limit: number }): Promise<PublicUser[]> {
    const users = await this.users.findActiveAfter(slice.after, slice.limit);
    return users.map(toPublicUser);
  }
}
