import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { Actor, Clock, EventBus } from '@app/platform';
import { SessionsRepository } from './persistence/sessions.repository';
import { SessionNotFound } from './users.errors';
import { SessionsEnded } from './users.events';

/** Ends one of the actor's own sessions, from whichever of them. */
@Injectable()
export class EndSession {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  /** @throws SessionNotFound also if it is over, or somebody else's */
  async execute({ userId }: Actor, sessionId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const session = await this.sessions.findLive(sessionId, now, tx);
      if (session?.userId !== userId) throw new SessionNotFound();
      await this.sessions.end(tx, [sessionId], now);
    });
    this.events.publish(SessionsEnded({ userId, sessionIds: [sessionId] }));
  }
}
