import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { UserDirectory } from '@app/users';
import { ChatAccess } from './chat-access';
import type { Names } from './chat-views';
import { recordDeparture } from './departure';
import { HideChat } from './hide-chat';
import { Applied, ChatLog, ChatWrite, LockedChat } from './log';
import { MembershipWriter } from './membership-writer';

/** Goes out of a group for good. A direct chat is only hidden from the list of who leaves it. */
@Injectable()
export class LeaveChat extends MembershipWriter<ChatWrite> {
  constructor(
    private readonly log: ChatLog,
    private readonly access: ChatAccess,
    private readonly hideChat: HideChat,
    directory: UserDirectory,
  ) {
    super(directory);
  }

  /** @throws ChatNotFound */
  async execute(actor: Actor, chatId: number): Promise<void> {
    const { chat } = await this.access.require(actor, 'leave', chatId);
    if (chat.type === 'direct') await this.hideChat.execute(actor, chatId);
    else await this.leaveForGood(actor, chatId);
  }

  /** Leaves whatever type of chat it is, as a deleted account does. */
  leaveForGood(actor: Actor, chatId: number): Promise<void> {
    return this.log.commit(this, { actor, chatId });
  }

  apply({ actor }: ChatWrite, chat: LockedChat, names: Names): Applied<void> {
    chat.requirePermission('leave', actor);
    return { result: undefined, events: recordDeparture(chat, actor.userId, chat.learnNames(names)) };
  }
}
