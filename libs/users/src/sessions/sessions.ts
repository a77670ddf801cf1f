import { Injectable, OnModuleInit } from '@nestjs/common';
import { Actor, Clock, EventBus } from '@app/platform';
import { SessionsRepository } from '../persistence/sessions.repository';
import { Remembered } from '../remembered';
import { InvalidToken } from '../users.errors';
import { SessionsEnded } from '../users.events';
import type { AccessClaims } from './access-tokens';
import { ActivityLog } from './activity-log';

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
  private readonly known: Remembered<string, LiveSession>;

  constructor(
    private readonly repository: SessionsRepository,
    private readonly activity: ActivityLog,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {
    this.known = new Remembered(events);
  }

  onModuleInit(): void {
    this.known.watch();
    this.events.on(SessionsEnded, ({ sessionIds }) => this.known.forget(sessionIds));
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
   * @returns undefined if memory knows, and there is nothing to wait for
   * @throws InvalidToken
   */
  requireLive(actor: Actor): Promise<void> | undefined {
    const nowMs = this.clock.now().getTime();
    const session = this.recall(actor.sessionId, nowMs);
    if (!session) return this.load(actor.sessionId).then((loaded) => this.use(loaded, actor, nowMs));
    this.use(session, actor, nowMs);
    return undefined;
  }
  /** Which of these log-ins are over, by the database: for when this node may not have been told. */
  async listEnded(sessionIds: readonly string[]): Promise<string[]> {
    const live = await this.repository.findLiveIds(sessionIds, this.clock.now());
    return sessionIds.filter((sessionId) => !live.has(sessionId));
  }

  private use(session: LiveSession | undefined, { userId, sessionId }: Actor, nowMs: number): void {
    if (session?.userId !== userId) throw new InvalidToken();
    if (nowMs - session.touchedAtMs < TOUCH_EVERY_MS) return;
    session.touchedAtMs = nowMs;
    this.activity.note(userId, sessionId);
  }

  /** What memory takes for expired may have been refreshed on another node: then the database knows. */
  private recall(sessionId: string, nowMs: number): LiveSession | undefined {
    const session = this.known.find(sessionId);
    return session && session.expiresAtMs > nowMs ? session : undefined;
  }

  private async load(sessionId: string): Promise<LiveSession | undefined> {
    const found = await this.known.load(async () => {
      const row = await this.repository.findLive(sessionId, this.clock.now());
      if (!row) return [];
      const { userId, expiresAt, lastUsedAt } = row;
      return [[sessionId, { userId, expiresAtMs: expiresAt.getTime(), touchedAtMs: lastUsedAt.getTime() }]];
    });
    return found[0]?.[1];
  }
}
