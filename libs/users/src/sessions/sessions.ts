import { Injectable, OnModuleInit } from '@nestjs/common';
import { Actor, Clock, EventBus } from '@app/platform';
import { LRUCache } from 'lru-cache';
import { SessionsRepository } from '../persistence/sessions.repository';
import { InvalidToken } from '../users.errors';
import { SessionsEnded } from '../users.events';
import type { AccessClaims } from './access-tokens';
import { ActivityLog } from './activity-log';

const MAX_CACHED = 20_000;
const TOUCH_EVERY_MS = 60_000;

interface LiveSession {
  readonly userId: number;
  readonly expiresAtMs: number;
  touchedAtMs: number;
}

/**
 * Says whether a log-in still counts, whenever its token is used: from memory if it can.
 * One that has ended is refused as soon as its end is committed.
 */
@Injectable()
export class Sessions implements OnModuleInit {
  private readonly known = new LRUCache<string, LiveSession>({ max: MAX_CACHED });
  /** Counts the ends, so that what was read before one is not remembered after it. */
  private ends = 0;

  constructor(
    private readonly repository: SessionsRepository,
    private readonly activity: ActivityLog,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    this.events.on(SessionsEnded, ({ sessionIds }) => {
      this.ends++;
      for (const sessionId of sessionIds) this.known.delete(sessionId);
    });
  }

  /**
   * Who uses an access token.
   * @param claims of a token whose signature and time were verified
   * @throws InvalidToken if its session is over, or of somebody else
   */
  async requireActor(claims: AccessClaims): Promise<Actor> {
    const { sub, sid, exp } = claims;
    const userId = typeof sub === 'string' && /^[1-9]\d{0,15}$/.test(sub) ? Number(sub) : NaN;
    if (!Number.isSafeInteger(userId) || typeof sid !== 'string' || typeof exp !== 'number') throw new InvalidToken();
    const actor = { userId, sessionId: sid };
    await this.requireLive(actor);
    return actor;
  }

  /**
   * Insists that the actor's log-in is not over, and notes that it was used.
   * @throws InvalidToken
   */
  async requireLive({ userId, sessionId }: Actor): Promise<void> {
    const nowMs = this.clock.now().getTime();
    const session = this.recall(sessionId, nowMs) ?? (await this.load(sessionId));
    if (session?.userId !== userId) throw new InvalidToken();
    if (nowMs - session.touchedAtMs < TOUCH_EVERY_MS) return;
    session.touchedAtMs = nowMs;
    this.activity.note(userId, sessionId);
  }

  /** What memory takes for expired may have been refreshed on another node: then the database knows. */
  private recall(sessionId: string, nowMs: number): LiveSession | undefined {
    const session = this.known.get(sessionId);
    return session && session.expiresAtMs > nowMs ? session : undefined;
  }

  private async load(sessionId: string): Promise<LiveSession | undefined> {
    const ends = this.ends;
    const row = await this.repository.findLive(sessionId, this.clock.now());
    if (!row) return undefined;
    const session = {
      userId: row.userId,
      expiresAtMs: row.expiresAt.getTime(),
      touchedAtMs: row.lastUsedAt.getTime(),
    };
    if (ends === this.ends) this.known.set(sessionId, session);
    return session;
  }
}
