import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { Actor, Clock, EventBus } from '@app/platform';
import { SessionsRepository } from './persistence/sessions.repository';
import { SessionsEnded } from './users.events';

/** Ends the session that asks, or every session of its user. Twice does no harm. */
@Injectable()
export class LogOut {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  async execute({ userId, sessionId }: Actor, { all = false }: { readonly all?: boolean } = {}): Promise<void> {
    const sessionIds = await this.database.transaction(async (tx) => {
      const ids = all ? await this.sessions.findOpenIds(tx, userId) : [sessionId];
      await this.sessions.end(tx, ids, this.clock.now());
      return ids;
    });
    if (sessionIds.length > 0) this.events.publish(SessionsEnded({ userId, sessionIds }));
  }
}
