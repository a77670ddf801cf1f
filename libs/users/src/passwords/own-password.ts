import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import type { Credentials } from '../persistence/user.mapping';
import { UsersRepository } from '../persistence/users.repository';
import { InvalidToken, WrongPassword } from '../users.errors';
import { GuessLimit } from './guess-limit';
import { PasswordHasher } from './password-hasher';

/** Has someone who is logged in prove to know the password. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly users: UsersRepository,
    private readonly hasher: PasswordHasher,
    private readonly guesses: GuessLimit,
  ) {}

  /**
   * @returns what it was compared with; it may have changed meanwhile
   * @throws WrongPassword, RateLimited, ServiceBusy, InvalidToken
   */
  async require(actor: Actor, currentPassword: string): Promise<Credentials> {
    const credentials = await this.users.findCredentials(actor.userId);
    if (!credentials) throw new InvalidToken();
    const isRight = await this.guesses.guardOwner(actor.userId, () =>
      this.hasher.compare(currentPassword, credentials.passwordHash),
    );
    if (!isRight) throw new WrongPassword();
    return credentials;
  }
}
