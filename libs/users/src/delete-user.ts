import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { Actor, Clock, EventBus } from '@app/platform';
import { SessionsRepository } from './persistence/sessions.repository';
import { UsersRepository } from './persistence/users.repository';
import { SessionsEnded, UserDeleted } from './users.events';

/**
 * Forgets a person: ends all sessions, frees name and e-mail, wipes what tells who it was.
 * The id stays, under the name `deleted user`, because messages refer to it. Twice does no harm.
 * Who calls this has verified the password, and sees to the chats.
 */
@Injectable()
export class DeleteUser {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  async execute({ userId }: Actor): Promise<void> {
    const sessionIds = await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      await this.users.lock(tx, userId);
      const ids = await this.sessions.findOpenIds(tx, userId);
      await this.sessions.end(tx, ids, now);
      await this.users.erase(tx, userId, now);
      return ids;
    });
    this.events.publish(SessionsEnded({ userId, sessionIds }), UserDeleted({ userId }));
  }
}
