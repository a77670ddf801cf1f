import { Injectable } from '@nestjs/common';
import { ChatAccess } from '@app/chats';
import { Actor, makePage, Page, PageRequest } from '@app/platform';
import type { Message } from './message';
import { MessageViews } from './message-views';
import { MessagesRepository } from './messages.repository';

/** Where to read on: newest first before a `seq`, or oldest first after one. */
export type HistoryCursor = { readonly before: number } | { readonly after: number };

export interface HistorySlice extends Page<Message> {
  /** The cursor of the next slice in the same direction; null at the end; absent when paging by number. */
  readonly next?: number | null;
}

/** The messages of a chat, tombstones too, for its members. Page 1 and page 10,000 cost the same. */
@Injectable()
export class ListMessages {
  constructor(
    private readonly access: ChatAccess,
    private readonly messages: MessagesRepository,
    private readonly views: MessageViews,
  ) {}

  /**
   * Pages count from the newest message.
   * @throws ChatNotFound
   */
  async byPage(actor: Actor, chatId: number, request: PageRequest): Promise<HistorySlice> {
    const { chat } = await this.access.require(actor, 'read', chatId);
    const total = chat.messageCount;
    const last = total - (request.page - 1) * request.limit;
    const first = Math.max(1, last - request.limit + 1);
    const rows = last < 1 ? [] : await this.messages.findByOrdinals(chatId, first, last);
    return makePage(await this.views.compose(rows), total, request);
  }

  /** @throws ChatNotFound */
  async byCursor(actor: Actor, chatId: number, cursor: HistoryCursor, limit: number): Promise<HistorySlice> {
    const { chat } = await this.access.require(actor, 'read', chatId);
    // One more than asked for tells whether there is more.
    const rows =
      'before' in cursor
        ? await this.messages.findBefore(chatId, cursor.before, limit + 1)
        : await this.messages.findAfter(chatId, cursor.after, limit + 1);
    const shown = rows.slice(0, limit);
    const next = rows.length > limit ? (shown.at(-1)?.seq ?? null) : null;
    return { ...makePage(await this.views.compose(shown), chat.messageCount, { page: 1, limit }), next };
  }
}
