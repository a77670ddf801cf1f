import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { ChatLog, ChatWrite, ChatWriter, LockedChat } from './log';

interface Visibility extends ChatWrite {
  readonly hidden: boolean;
}

/** Takes a chat out of the actor's own list until someone writes in it, or puts it back. Nobody else notices. */
@Injectable()
export class HideChat extends ChatWriter<Visibility, void, null> {
  constructor(private readonly log: ChatLog) {
    super();
  }

  /** @throws ChatNotFound */
  execute(actor: Actor, chatId: number): Promise<void> {
    return this.log.commit(this, { actor, chatId, hidden: true });
  }

  /** @throws ChatNotFound */
  undo(actor: Actor, chatId: number): Promise<void> {
    return this.log.commit(this, { actor, chatId, hidden: false });
  }

  async prepare(): Promise<null> {
    return null;
  }

  apply({ actor, hidden }: Visibility, chat: LockedChat): { result: void } {
    chat.requirePermission('leave', actor);
    const member = chat.getMember(actor.userId);
    const hiddenSeq = hidden ? chat.state.lastMessageSeq : null;
    if (member.hiddenSeq !== hiddenSeq) chat.putMember({ ...member, hiddenSeq });
    return { result: undefined };
  }
}
