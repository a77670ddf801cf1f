import { Injectable } from '@nestjs/common';
import { ChatAccess } from '@app/chats';
import { Database } from '@app/database';
import type { Actor } from '@app/platform';
import { ChangesOfChat, ChangesSlice } from './changes-of-chat';

/** What has happened in a chat after a number: how a client finds everything that it missed. */
@Injectable()
export class ListChanges {
  constructor(
    private readonly database: Database,
    private readonly access: ChatAccess,
    private readonly changes: ChangesOfChat,
  ) {}

  /** @throws ChatNotFound */
  execute(actor: Actor, chatId: number, after: number, limit: number): Promise<ChangesSlice> {
    return this.database.snapshot(async (view) => {
      const { chat } = await this.access.require(actor, 'read', chatId, view);
      return this.changes.slice(chat, after, limit, view);
    });
  }
}
