import { Injectable } from '@nestjs/common';
import { Database, Ids } from '@app/database';
import { Actor, Clock, EventBus } from '@app/platform';
import { InvalidToken, UserDirectory } from '@app/users';
import type { EntityManager } from 'typeorm';
import { Chat, GROUP_MAX_MEMBERS } from './chat';
import { ChatViews } from './chat-views';
import { ChatFull, PeopleNotFound } from './chats.errors';
import { ChatCreated } from './chats.events';
import { checkGroupName } from './group-name';
import { insertChat } from './new-chat';
import type { ChatEntity } from './persistence/chat.entity';
import { RoomsRepository } from './rooms.repository';

/** Whom a room is for. The actor is one of them, named or not. */
export interface RoomWish {
  readonly name?: string | null;
  readonly memberIds: readonly number[];
}

/**
 * Makes a room that anybody may join, or gives back the one that exactly these people have already.
 * Its maker is the admin.
 */
@Injectable()
export class OpenRoom {
  constructor(
    private readonly database: Database,
    private readonly ids: Ids,
    private readonly directory: UserDirectory,
    private readonly rooms: RoomsRepository,
    private readonly views: ChatViews,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  /** @throws InvalidInput (name), ChatFull, PeopleNotFound (members), InvalidToken */
  async execute(actor: Actor, wish: RoomWish): Promise<{ chat: Chat; isNew: boolean }> {
    const name = checkGroupName(wish.name);
    const memberIds = [...new Set([actor.userId, ...wish.memberIds])];
    if (memberIds.length > GROUP_MAX_MEMBERS) throw new ChatFull(memberIds.length);

    const [id = NaN] = await this.ids.claim('chat', 1);
    const { row, isNew } = await this.database.transaction(async (tx) => {
      await this.requirePeople(tx, actor, wish, memberIds);
      const existing = await this.rooms.findOfExactly(memberIds, name, tx);
      return existing
        ? { row: existing, isNew: false }
        : { row: await this.insert(tx, id, name, memberIds), isNew: true };
    });
    if (isNew) this.events.publish(ChatCreated({ chatId: id, makerId: actor.userId, memberIds }));
    return { chat: await this.views.composeOne(row), isNew };
  }

  /** Of many who ask for a room of the same people at once, each waits for the one before: all want the same row first. */
  private async requirePeople(tx: EntityManager, actor: Actor, wish: RoomWish, memberIds: number[]): Promise<void> {
    await this.directory.hold(Math.min(...memberIds), tx);
    const known = await this.directory.findActiveIds(memberIds, tx);
    if (!known.has(actor.userId)) throw new InvalidToken();
    if (memberIds.some((userId) => !known.has(userId))) throw new PeopleNotFound('members', wish.memberIds, known);
  }

  private insert(tx: EntityManager, id: number, name: string | null, memberIds: number[]): Promise<ChatEntity> {
    const [makerId = NaN, ...otherIds] = memberIds;
    const given = { id, type: 'group' as const, name, isOpen: true, now: this.clock.now() };
    return insertChat(tx, given, makerId, otherIds);
  }
}
