import { Injectable } from '@nestjs/common';
import { Chat, ChatsRepository, ChatViews, ChatWithMembership } from '@app/chats';
import { Database } from '@app/database';
import type { Actor, Page, PageRequest } from '@app/platform';
import type { EntityManager } from 'typeorm';
import type { Message } from './message';
import { MessageViews } from './message-views';
import { MessagesRepository } from './messages.repository';

export interface InboxEntry {
  readonly chat: Chat;
  readonly lastMessage: Message | null;
  /** Live messages of others after the actor's read position. */
  readonly unreadCount: number;
}

/** The actor's chats with what is new in them, latest activity first. The number of queries does not grow with the page. */
@Injectable()
export class ListInbox {
  constructor(
    private readonly database: Database,
    private readonly chats: ChatsRepository,
    private readonly chatViews: ChatViews,
    private readonly messages: MessagesRepository,
    private readonly messageViews: MessageViews,
  ) {}

  execute(actor: Actor, request: PageRequest): Promise<Page<InboxEntry>> {
    return this.database.snapshot(async (view) => {
      const page = await this.chats.findPageOfMember(actor.userId, request, view);
      return { ...page, items: await this.compose(actor, page.items, view) };
    });
  }

  private async compose(
    actor: Actor,
    entries: readonly ChatWithMembership[],
    view: EntityManager,
  ): Promise<InboxEntry[]> {
    const rows = entries.map(({ chat }) => chat);
    const chats = await this.chatViews.compose(rows, view);
    const unread = await this.messages.countUnread(
      actor.userId,
      rows.map(({ id }) => id),
      view,
    );
    const positions = rows.map(({ id, lastMessageSeq }) => ({ chatId: id, seq: lastMessageSeq }));
    const latest = [...(await this.messages.findBySeqs(positions, view)).values()];
    const messages = new Map((await this.messageViews.compose(latest, view)).map((item) => [item.chatId, item]));
    return chats.map((chat) => ({
      chat,
      lastMessage: messages.get(chat.id) ?? null,
      unreadCount: unread.get(chat.id) ?? 0,
    }));
  }
}
