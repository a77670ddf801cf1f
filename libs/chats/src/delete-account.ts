import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { DeleteUser, VerifyPassword } from '@app/users';
import { ChatNotFound } from './chats.errors';
import { ChatsRepository } from './chats.repository';
import { LeaveChat } from './leave-chat';

/**
 * Ends an account: the person leaves every chat and is then forgotten; what was written stays, under another name.
 * It stands here and not with the users because only here both are known.
 * If it is cut off half-way, asking again finishes it.
 */
@Injectable()
export class DeleteAccount {
  constructor(
    private readonly verifyPassword: VerifyPassword,
    private readonly chats: ChatsRepository,
    private readonly leaveChat: LeaveChat,
    private readonly deleteUser: DeleteUser,
  ) {}

  /** @throws WrongPassword */
  async execute(actor: Actor, currentPassword: string): Promise<void> {
    await this.verifyPassword.execute(actor, currentPassword);
    await this.leaveEveryChat(actor);
    await this.deleteUser.execute(actor);
    // Somebody may have added the person to a chat meanwhile; after the deletion nobody can.
    await this.leaveEveryChat(actor);
  }

  private async leaveEveryChat(actor: Actor): Promise<void> {
    const chatIds = await this.chats.listChatIdsOfMember(actor.userId);
    await Promise.all(chatIds.map((chatId) => this.leave(actor, chatId)));
  }

  /** Being out already is as good. */
  private async leave(actor: Actor, chatId: number): Promise<void> {
    try {
      await this.leaveChat.leaveForGood(actor, chatId);
    } catch (error) {
      if (!(error instanceof ChatNotFound)) throw error;
    }
  }
}
