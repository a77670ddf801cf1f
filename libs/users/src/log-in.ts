import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { Clock, EventBus } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { GuessLimit } from './passwords/guess-limit';
import { PasswordHasher } from './passwords/password-hasher';
import { SessionsRepository } from './persistence/sessions.repository';
import type { Credentials } from './persistence/user.mapping';
import { UsersRepository } from './persistence/users.repository';
import { MAX_SESSIONS_PER_USER, TokenPair } from './session';
import { ActivityLog } from './sessions/activity-log';
import { makeRefreshToken, RefreshToken } from './sessions/refresh-token';
import { TokenPairs } from './sessions/token-pairs';
import { cutUserAgent } from './sessions/user-agent';
import type { User } from './user';
import { InvalidCredentials } from './users.errors';
import { SessionsEnded } from './users.events';

/** Where a log-in comes from. */
export interface LogInSource {
  readonly address: string;
  readonly userAgent?: string | null;
}

/** Opens a session for whoever knows the password. */
@Injectable()
export class LogIn {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly hasher: PasswordHasher,
    private readonly guesses: GuessLimit,
    private readonly tokens: TokenPairs,
    private readonly activity: ActivityLog,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  /**
   * An unknown name takes as long and says the same as a wrong password.
   * @param given.login username or e-mail
   * @throws InvalidCredentials, RateLimited, ServiceBusy
   */
  async execute(
    given: { readonly login: string; readonly password: string },
    source: LogInSource,
  ): Promise<TokenPair & { userId: number }> {
    const credentials = await this.verify(given.login, given.password, source.address);
    const refresh = makeRefreshToken(randomUUID());
    const { user, endedIds } = await this.database.transaction((tx) => this.open(tx, credentials, refresh, source));
    const userId = user.id;
    if (endedIds.length > 0) this.events.publish(SessionsEnded({ userId, sessionIds: endedIds }));
    this.activity.note(userId);
    return { ...this.tokens.issue(user, refresh), userId };
  }

  private async verify(login: string, password: string, address: string): Promise<Credentials> {
    const found = await this.users.findCredentialsByLogin(login);
    const isRight = await this.guesses.guardLogIn(login, found?.userId ?? null, address, () =>
      this.hasher.compare(password, found?.passwordHash ?? null),
    );
    if (!found || !isRight) throw new InvalidCredentials();
    return found;
  }

  /** While the password was compared, it may have been changed, or the account deleted: the old one opens nothing more. */
  private async open(
    tx: EntityManager,
    { userId, passwordHash }: Credentials,
    refresh: RefreshToken,
    source: LogInSource,
  ): Promise<{ user: User; endedIds: string[] }> {
    const current = await this.users.lock(tx, userId);
    const user = await this.users.find(userId, tx);
    if (!user || current?.passwordHash !== passwordHash) throw new InvalidCredentials();
    const now = this.clock.now();
    await this.sessions.insert(tx, {
      id: refresh.sessionId,
      userId,
      refreshHash: refresh.hash,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: this.tokens.nextExpiry(),
      endedAt: null,
      userAgent: cutUserAgent(source.userAgent),
    });
    const others = (await this.sessions.findOpenIds(tx, userId)).filter((id) => id !== refresh.sessionId);
    const endedIds = others.slice(MAX_SESSIONS_PER_USER - 1);
    await this.sessions.end(tx, endedIds, now);
    return { user, endedIds };
  }
}
