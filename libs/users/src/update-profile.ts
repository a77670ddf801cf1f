import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { Actor, Clock, EventBus, FieldError } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { EmailOwners } from './email-owners';
import { OwnPassword } from './passwords/own-password';
import { PasswordHasher } from './passwords/password-hasher';
import { SessionsRepository } from './persistence/sessions.repository';
import type { UserRecord } from './persistence/user.mapping';
import { UsersRepository } from './persistence/users.repository';
import type { User } from './user';
import { checkUserFields } from './user-rules';
import { InvalidToken, WrongPassword } from './users.errors';
import { SessionsEnded, UserChanged } from './users.events';

/** What is left out stays as it is. */
export interface ProfileChanges {
  readonly username?: string;
  readonly email?: string;
  /** Null for none. */
  readonly fullName?: string | null;
  readonly password?: string;
  /** Needed for a new password. */
  readonly currentPassword?: string;
}

/** A new password, and the hash of the one that was proven to be known. */
interface PasswordChange {
  readonly newHash: string;
  readonly oldHash: string;
}

/** Changes the actor's own account. A new password ends all other sessions; this one goes on. */
@Injectable()
export class UpdateProfile {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly ownPassword: OwnPassword,
    private readonly hasher: PasswordHasher,
    private readonly emailOwners: EmailOwners,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  /** @throws InvalidInput, UsernameTaken, EmailTaken, WrongPassword, RateLimited, ServiceBusy, InvalidToken */
  async execute(actor: Actor, changes: ProfileChanges): Promise<User> {
    const { username, email, fullName } = changes;
    checkUserFields(changes, ...findMissing(changes));
    await this.users.requireFree({ username, email }, actor.userId);
    const password = await this.preparePassword(actor, changes);
    const record = { username, email, fullName, passwordHash: password?.newHash };
    const { user, endedIds } = await this.database.transaction((tx) => this.write(tx, actor, record, password));

    const { userId } = actor;
    if (endedIds.length > 0) this.events.publish(SessionsEnded({ userId, sessionIds: endedIds }));
    if ([username, email, fullName].some((name) => name !== undefined)) this.events.publish(UserChanged({ userId }));
    if (email !== undefined) await this.emailOwners.announce(user);
    return user;
  }

  private async preparePassword(
    actor: Actor,
    { password, currentPassword }: ProfileChanges,
  ): Promise<PasswordChange | undefined> {
    if (password === undefined || currentPassword === undefined) return undefined;
    const { passwordHash } = await this.ownPassword.require(actor, currentPassword);
    return { newHash: await this.hasher.hash(password), oldHash: passwordHash };
  }

  /** Of two who change the password at once with the same old one, the second finds that it is not right any more. */
  private async write(
    tx: EntityManager,
    { userId, sessionId }: Actor,
    record: Partial<UserRecord>,
    password: PasswordChange | undefined,
  ): Promise<{ user: User; endedIds: string[] }> {
    const now = this.clock.now();
    const current = await this.users.lock(tx, userId);
    if (!(await this.sessions.findLive(sessionId, now, tx))) throw new InvalidToken();
    if (password && current?.passwordHash !== password.oldHash) throw new WrongPassword();
    await this.users.update(tx, userId, record);
    const openIds = password ? await this.sessions.findOpenIds(tx, userId) : [];
    const endedIds = openIds.filter((id) => id !== sessionId);
    await this.sessions.end(tx, endedIds, now);
    const user = await this.users.find(userId, tx);
    if (!user) throw new InvalidToken();
    return { user, endedIds };
  }
}

function findMissing({ password, currentPassword }: ProfileChanges): FieldError[] {
  if (password === undefined || currentPassword !== undefined) return [];
  const detail = 'current_password: needed to set a new password, but not given.';
  return [{ path: 'current_password', code: 'missing', detail }];
}
