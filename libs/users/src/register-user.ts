import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { Clock, Config, RateLimits } from '@app/platform';
import { EmailOwners } from './email-owners';
import { PasswordHasher } from './passwords/password-hasher';
import { UsersRepository } from './persistence/users.repository';
import type { User } from './user';
import { checkUserFields } from './user-rules';

export interface Registration {
  readonly username: string;
  readonly email?: string | null;
  readonly password: string;
  readonly fullName?: string | null;
}

/** Makes an account. Names and e-mails are unique, however they are written. */
@Injectable()
export class RegisterUser {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly hasher: PasswordHasher,
    private readonly emailOwners: EmailOwners,
    private readonly limits: RateLimits,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * @param from where the request comes from; attempts count per address, taken names too, so that nobody tries out many
   * @throws InvalidInput, RateLimited, UsernameTaken, EmailTaken, ServiceBusy
   */
  async execute(given: Registration, from: { readonly address: string }): Promise<User> {
    const { username, email = null, password, fullName = null } = given;
    checkUserFields({ username, email, password, fullName });
    await this.limits.consume(this.config.limits.signups, from.address);
    await this.users.requireFree({ username, email }, null);
    const passwordHash = await this.hasher.hash(password);
    const record = { username, email, fullName, passwordHash };
    const user = await this.database.transaction((tx) => this.users.insert(tx, record, this.clock.now()));
    await this.emailOwners.announce(user);
    return user;
  }
}
