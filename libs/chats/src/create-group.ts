import { Injectable } from '@nestjs/common';
import { Database, Ids } from '@app/database';
import { Actor, Clock, EventBus } from '@app/platform';
import { InvalidToken, UserDirectory } from '@app/users';
import { Chat, GROUP_MAX_MEMBERS } from './chat';
import { ChatViews } from './chat-views';
import { ChatFull, PeopleNotFound } from './chats.errors';
import { ChatCreated } from './chats.events';
import { checkGroupName } from './group-name';
import { insertChat } from './new-chat';

/** Makes a group of the actor, who becomes its admin, and the people named. */
@Injectable()
export class CreateGroup {
  constructor(
    private readonly database: Database,
    private readonly ids: Ids,
    private readonly directory: UserDirectory,
    private readonly views: ChatViews,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  /** @throws InvalidInput (name), ChatFull, PeopleNotFound */
  async execute(actor: Actor, group: { name?: string | null; participantIds: readonly number[] }): Promise<Chat> {
    const name = checkGroupName(group.name);
    const otherIds = [...new Set(group.participantIds)].filter((userId) => userId !== actor.userId);
    if (otherIds.length + 1 > GROUP_MAX_MEMBERS) throw new ChatFull(otherIds.length + 1);

    const [id = NaN] = await this.ids.claim('chat', 1);
    const chat = await this.database.transaction(async (tx) => {
      const known = await this.directory.findActiveIds([actor.userId, ...otherIds], tx);
      if (!known.has(actor.userId)) throw new InvalidToken();
      if (otherIds.some((userId) => !known.has(userId))) {
        throw new PeopleNotFound('participant_ids', group.participantIds, known);
      }
      const given = { id, type: 'group' as const, name, now: this.clock.now() };
      return insertChat(tx, given, actor.userId, otherIds);
    });
    this.events.publish(
      ChatCreated({ chatId: chat.id, makerId: actor.userId, memberIds: [actor.userId, ...otherIds] }),
    );
    return this.views.composeOne(chat);
  }
}
