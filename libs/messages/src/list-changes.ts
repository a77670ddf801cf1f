import { Injectable } from '@nestjs/common';
import { ChatAccess, ChatChange, ChatEventEntity } from '@app/chats';
import { Database } from '@app/database';
import type { Actor, DomainEvent } from '@app/platform';
import { EntityManager, MoreThan } from 'typeorm';
import { ChangeComposer } from './change-composer';
import { MessagesRepository } from './messages.repository';

/** A stretch of a chat's changes, oldest first and without holes. */
export interface ChangesSlice {
  /** The same events that went over the bus when they happened. */
  readonly changes: readonly DomainEvent<ChatChange>[];
  /** The number of the chat's latest change at that moment. */
  readonly lastSeq: number;
  /** True if there are changes after the last one given. */
  readonly more: boolean;
}

/** What has happened in a chat after a number: how a client finds everything that it missed. */
@Injectable()
export class ListChanges {
  constructor(
    private readonly database: Database,
    private readonly access: ChatAccess,
    private readonly messages: MessagesRepository,
    private readonly composer: ChangeComposer,
  ) {}

  /**
   * Reads both tables that hold changes from one snapshot; otherwise the slice could show holes.
   * @throws ChatNotFound
   */
  execute(actor: Actor, chatId: number, after: number, limit: number): Promise<ChangesSlice> {
    return this.database.snapshot(async (view) => {
      const { chat } = await this.access.require(actor, 'read', chatId, view);
      const messages = await this.messages.findAfter(chatId, after, limit, view);
      const events = await this.findEvents(view, chatId, after, limit);
      const rows = [...messages, ...events].sort((a, b) => a.seq - b.seq).slice(0, limit);
      const lastGiven = rows.at(-1)?.seq ?? chat.lastSeq;
      return {
        changes: await this.composer.compose(chat, rows, view),
        lastSeq: chat.lastSeq,
        more: lastGiven < chat.lastSeq,
      };
    });
  }

  private findEvents(view: EntityManager, chatId: number, after: number, limit: number): Promise<ChatEventEntity[]> {
    return view.find(ChatEventEntity, { where: { chatId, seq: MoreThan(after) }, order: { seq: 'ASC' }, take: limit });
  }
}
