import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { BackgroundWork, Clock, EventBus } from '@app/platform';
import { SessionsRepository } from '../persistence/sessions.repository';
import { SessionsEnded } from '../users.events';

const EVERY_MS = 60_000;
const KEEP_ENDED_MS = 24 * 60 * 60 * 1000;
/** A transaction of this size holds others up for some milliseconds only. */
const BATCH_SIZE = 200;

/** Ends sessions that nobody refreshed in time, so that their sockets close, and forgets those that ended a day ago. */
@Injectable()
export class SessionSweeper extends BackgroundWork {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {
    super({ everyMs: EVERY_MS, first: 'later' });
  }

  protected async run(): Promise<void> {
    while (!this.isStopping && (await this.endExpired()) === BATCH_SIZE);
    while (!this.isStopping && (await this.deleteOld()) === BATCH_SIZE);
  }

  private async endExpired(): Promise<number> {
    const now = this.clock.now();
    if ((await this.sessions.findExpired(1, now)).length === 0) return 0;
    const expired = await this.database.transaction(async (tx) => {
      const rows = await this.sessions.findExpired(BATCH_SIZE, now, tx);
      await this.sessions.end(
        tx,
        rows.map(({ id }) => id),
        now,
      );
      return rows;
    });
    for (const [userId, rows] of Map.groupBy(expired, (row) => row.userId)) {
      this.events.publish(SessionsEnded({ userId, sessionIds: rows.map(({ id }) => id) }));
    }
    return expired.length;
  }

  private async deleteOld(): Promise<number> {
    const moment = new Date(this.clock.now().getTime() - KEEP_ENDED_MS);
    const ids = await this.sessions.findEndedBefore(moment, BATCH_SIZE);
    if (ids.length > 0) await this.database.transaction((tx) => this.sessions.delete(tx, ids));
    return ids.length;
  }
}
