import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { Clock, EventBus } from '@app/platform';
import { SessionsRepository } from './persistence/sessions.repository';
import { UsersRepository } from './persistence/users.repository';
import type { TokenPair } from './session';
import { makeRefreshToken, parseRefreshToken, RefreshToken } from './sessions/refresh-token';
import { TokenPairs } from './sessions/token-pairs';
import { cutUserAgent } from './sessions/user-agent';
import type { User } from './user';
import { InvalidRefreshToken } from './users.errors';
import { SessionsEnded } from './users.events';

/**
 * Exchanges a refresh token for a new pair. A token is good once: whoever comes with one that was exchanged
 * holds a copy, or somebody else does, so the session ends. That is also the verdict on the second of two at once.
 */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly tokens: TokenPairs,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  /** @throws InvalidRefreshToken */
  async execute(refreshToken: string, { userAgent }: { readonly userAgent?: string | null }): Promise<TokenPair> {
    const given = parseRefreshToken(refreshToken);
    const session = given && (await this.sessions.findLive(given.sessionId, this.clock.now()));
    if (!given || !session) throw new InvalidRefreshToken();

    const next = makeRefreshToken(session.id);
    const outcome = await this.exchange(given, next, session.userId, userAgent);
    if (outcome.hasEnded) this.events.publish(SessionsEnded({ userId: session.userId, sessionIds: [session.id] }));
    if (!outcome.user) throw new InvalidRefreshToken();
    return this.tokens.issue(outcome.user, next);
  }

  private exchange(
    { sessionId, hash: oldHash }: RefreshToken,
    { hash: newHash }: RefreshToken,
    userId: number,
    userAgent: string | null | undefined,
  ): Promise<{ user: User | null; hasEnded: boolean }> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const rotation = { oldHash, newHash, expiresAt: this.tokens.nextExpiry(), userAgent: cutUserAgent(userAgent) };
      if (await this.sessions.rotate(tx, sessionId, rotation, now)) {
        return { user: await this.users.find(userId, tx), hasEnded: false };
      }
      return { user: null, hasEnded: (await this.sessions.end(tx, [sessionId], now)) > 0 };
    });
  }
}
