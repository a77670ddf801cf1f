import { Injectable } from '@nestjs/common';
import { Actor, Clock, Page, PageRequest } from '@app/platform';
import { SessionsRepository } from './persistence/sessions.repository';
import type { Session } from './session';

/** Where the actor is logged in, the session used last first. */
@Injectable()
export class ListSessions {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, request: PageRequest): Promise<Page<Session>> {
    const page = await this.sessions.findPage(actor.userId, request, this.clock.now());
    const items = page.items.map(({ id, createdAt, lastUsedAt, userAgent }) => {
      return { id, createdAt, lastUsedAt, userAgent, isCurrent: id === actor.sessionId };
    });
    return { ...page, items };
  }
}
