import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { UserDirectory } from '@app/users';
import type { Names } from './chat-views';
import { recordDeparture } from './departure';
import { Applied, ChatLog, ChatWrite, LockedChat } from './log';
import { MembershipWriter } from './membership-writer';

interface Removal extends ChatWrite {
  readonly userId: number;
}

/** Puts someone out of a group. Admins who name themselves leave. */
@Injectable()
export class RemoveParticipant extends MembershipWriter<Removal> {
  constructor(
    private readonly log: ChatLog,
    directory: UserDirectory,
  ) {
    super(directory);
  }

  /** @throws ChatNotFound, NotChatAdmin, ChatIsDirect, NotParticipant */
  execute(actor: Actor, chatId: number, userId: number): Promise<void> {
    return this.log.commit(this, { actor, chatId, userId });
  }

  apply({ actor, userId }: Removal, chat: LockedChat, names: Names): Applied<void> {
    chat.requirePermission('remove participant', actor);
    chat.getMember(userId);
    return { result: undefined, events: recordDeparture(chat, userId, chat.learnNames(names)) };
  }
}
