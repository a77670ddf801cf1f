import { Injectable } from '@nestjs/common';
import { ChatAccess } from '@app/chats';
import { Actor, InvalidInput } from '@app/platform';
import type { Message } from './message';
import { MessageViews } from './message-views';
import { MessagesRepository } from './messages.repository';

/** The latest messages of a chat as people read them: oldest first, without deleted ones. */
@Injectable()
export class ListLatestMessages {
  constructor(
    private readonly access: ChatAccess,
    private readonly messages: MessagesRepository,
    private readonly views: MessageViews,
  ) {}

  /**
   * @param slice.before the id of a message of this chat, perhaps deleted meanwhile: those that came before it
   * @throws ChatNotFound, InvalidInput (before)
   */
  async execute(actor: Actor, chatId: number, slice: { before?: number; limit: number }): Promise<Message[]> {
    await this.access.require(actor, 'read', chatId);
    const seq = slice.before === undefined ? Number.MAX_SAFE_INTEGER : await this.requireSeq(chatId, slice.before);
    const rows = await this.messages.findLiveBefore(chatId, seq, slice.limit);
    const messages = await this.views.compose(rows.reverse());
    // Between reading what is there and reading its text, it may have been deleted.
    return messages.filter(({ isDeleted }) => !isDeleted);
  }

  private async requireSeq(chatId: number, messageId: number): Promise<number> {
    const message = await this.messages.findById(messageId);
    if (message?.chatId === chatId) return message.seq;
    throw InvalidInput.field('before', 'not_found', `before: there is no message ${messageId} in this chat.`);
  }
}
