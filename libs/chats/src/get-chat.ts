import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import type { Chat } from './chat';
import { ChatAccess } from './chat-access';
import { ChatViews } from './chat-views';

/** A chat with its participants, for its members. */
@Injectable()
export class GetChat {
  constructor(
    private readonly access: ChatAccess,
    private readonly views: ChatViews,
  ) {}

  /** @throws ChatNotFound */
  async execute(actor: Actor, chatId: number): Promise<Chat> {
    const { chat } = await this.access.require(actor, 'read', chatId);
    return this.views.composeOne(chat);
  }
}
