import { Injectable } from '@nestjs/common';
import { Database, Ids } from '@app/database';
import { Actor, Clock, EventBus } from '@app/platform';
import { InvalidToken, UserDirectory } from '@app/users';
import { Chat, directKeyOf } from './chat';
import { ChatViews } from './chat-views';
import { DirectChatNeedsOnePerson, PeopleNotFound } from './chats.errors';
import { ChatCreated } from './chats.events';
import { ChatsRepository } from './chats.repository';
import { HideChat } from './hide-chat';
import { insertChat } from './new-chat';

/** The one direct chat of two people: made when first asked for, given back ever after, by either of them. */
@Injectable()
export class OpenDirectChat {
  constructor(
    private readonly database: Database,
    private readonly ids: Ids,
    private readonly directory: UserDirectory,
    private readonly chats: ChatsRepository,
    private readonly views: ChatViews,
    private readonly hideChat: HideChat,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  /**
   * @param participantIds the other person; naming oneself too does no harm
   * @throws DirectChatNeedsOnePerson, PeopleNotFound
   */
  async execute(actor: Actor, participantIds: readonly number[]): Promise<{ chat: Chat; isNew: boolean }> {
    const [otherId, ...more] = new Set(participantIds.filter((userId) => userId !== actor.userId));
    if (otherId === undefined || more.length > 0) {
      const given = otherId === undefined ? 'none' : String(more.length + 1);
      throw new DirectChatNeedsOnePerson(
        `participant_ids: a direct chat needs exactly one other person, ${given} given.`,
      );
    }
    const [id = NaN] = await this.ids.claim('chat', 1);
    const { row, isNew } = await this.findOrInsert(actor, otherId, participantIds, id);
    if (isNew)
      this.events.publish(ChatCreated({ chatId: row.id, makerId: actor.userId, memberIds: [actor.userId, otherId] }));
    else await this.hideChat.undo(actor, row.id);
    return { chat: await this.views.composeOne(row), isNew };
  }

  private findOrInsert(actor: Actor, otherId: number, named: readonly number[], id: number) {
    return this.database.transaction(async (tx) => {
      // Of two who open it at once, the second waits here and then finds it.
      await this.directory.hold(Math.min(actor.userId, otherId), tx);
      const known = await this.directory.findActiveIds([actor.userId, otherId], tx);
      if (!known.has(actor.userId)) throw new InvalidToken();
      if (!known.has(otherId)) throw new PeopleNotFound('participant_ids', named, known);
      const directKey = directKeyOf(actor.userId, otherId);
      const existing = await this.chats.findByDirectKey(directKey, tx);
      if (existing) return { row: existing, isNew: false };
      const given = { id, type: 'direct' as const, name: null, directKey, now: this.clock.now() };
      return { row: await insertChat(tx, given, actor.userId, [otherId]), isNew: true };
    });
  }
}
