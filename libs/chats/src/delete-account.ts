import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { DeleteUser, VerifyPassword } from '@app/users';
import { ChatNotFound } from './chats.errors';
import { ChatsRepository } from './chats.repository';
import { LeaveChat } from './leave-chat';

/**
 * Ends an account: the person is forgotten and leaves every chat; what was written stays, under another name.
 * It stands here and not with the users because only here both are known.
 * The account goes first, so that nobody can bring it into a chat any more; memberships that a crash left behind
 * are ended at the next start.
 */
@Injectable()
export class DeleteAccount implements OnApplicationBootstrap {
  constructor(
    private readonly verifyPassword: VerifyPassword,
    private readonly chats: ChatsRepository,
    private readonly leaveChat: LeaveChat,
    private readonly deleteUser: DeleteUser,
  ) {}

  /**
   * @param currentPassword null where the token is all that a client's contract asks for
   * @throws WrongPassword, RateLimited
   */
  async execute(actor: Actor, currentPassword: string | null): Promise<void> {
    if (currentPassword !== null) await this.verifyPassword.execute(actor, currentPassword);
    await this.deleteUser.execute(actor);
    await this.leaveEveryChat(actor);
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const userId of await this.chats.listDeletedMembers()) await this.leaveEveryChat({ userId, sessionId: '' });
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
