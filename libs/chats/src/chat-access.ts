import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { ChatAction, refusalToStrangers, requirePermission } from './chat-policy';
import { ChatsRepository, ChatWithMembership } from './chats.repository';

/** Fetches a chat for someone who may do something to it: the policy, for reads. Writes ask it again inside their commit. */
@Injectable()
export class ChatAccess {
  constructor(private readonly chats: ChatsRepository) {}

  /**
   * @param view the snapshot that the caller reads from, if it reads more
   * @throws ChatNotFound (ChatNotJoined), NotChatAdmin, ChatIsDirect
   */
  async require(actor: Actor, action: ChatAction, chatId: number, view?: EntityManager): Promise<ChatWithMembership> {
    const found = await this.chats.findOfMember(chatId, actor.userId, view);
    if (!found) throw refusalToStrangers(await this.chats.findOpen(chatId, view));
    requirePermission(action, found.chat, found.membership);
    return found;
  }
}
