import { Injectable } from '@nestjs/common';
import { ChatChange, ChatEntity, ChatEventEntity, ChatsRepository } from '@app/chats';
import { Database, findRows } from '@app/database';
import type { DomainEvent } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { ChangeComposer, type ChangeRow } from './change-composer';
import { MessagesRepository } from './messages.repository';
import { RecentStretches } from './recent-stretches';

/** A stretch of a chat's changes, oldest first and without holes. */
export interface ChangesSlice {
  /** The same events that went over the bus when they happened. */
  readonly changes: readonly DomainEvent<ChatChange>[];
  /** The number of the chat's latest change at that moment. */
  readonly lastSeq: number;
  /** True if there are changes after the last one given. */
  readonly more: boolean;
}

const NOTHING: ChangesSlice = { changes: [], lastSeq: 0, more: false };

/** Reads the log of a chat, on behalf of nobody: who may see it is for the caller to say. */
@Injectable()
export class ChangesOfChat {
  private readonly recent = new RecentStretches();

  constructor(
    private readonly database: Database,
    private readonly chats: ChatsRepository,
    private readonly messages: MessagesRepository,
    private readonly composer: ChangeComposer,
  ) {}

  /** Changes after a number, of closed chats too; none of a chat that never was. */
  readAfter(chatId: number, after: number, limit: number): Promise<ChangesSlice> {
    return this.database.snapshot(async (view) => {
      const chat = (await this.chats.findChats([chatId], view)).get(chatId);
      return chat ? this.slice(chat, after, limit, view) : NOTHING;
    });
  }

  /** @param view one snapshot: read from two moments, the two tables that hold changes would show holes */
  async slice(chat: ChatEntity, after: number, limit: number, view: EntityManager): Promise<ChangesSlice> {
    const rows = await this.recent.find(chat, after, limit, () => this.readRows(chat.id, after, limit, view));
    const lastGiven = rows.at(-1)?.seq ?? chat.lastSeq;
    return {
      changes: await this.composer.compose(chat, rows, view),
      lastSeq: chat.lastSeq,
      more: lastGiven < chat.lastSeq,
    };
  }

  private async readRows(chatId: number, after: number, limit: number, view: EntityManager): Promise<ChangeRow[]> {
    const messages = await this.messages.findAfter(chatId, after, limit, view);
    const events = await this.findEvents(view, chatId, after, limit);
    return [...messages, ...events].sort((a, b) => a.seq - b.seq).slice(0, limit);
  }

  private findEvents(view: EntityManager, chatId: number, after: number, limit: number): Promise<ChatEventEntity[]> {
    const following = 'WHERE chat_id = ? AND seq > ? ORDER BY seq LIMIT ?';
    return findRows(view, ChatEventEntity, following, [chatId, after, limit]);
  }
}
