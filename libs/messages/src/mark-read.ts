import { Injectable } from '@nestjs/common';
import { Applied, ChatLog, ChatWrite, ChatWriter, LockedChat } from '@app/chats';
import type { Actor } from '@app/platform';
import { MessagesRead } from './messages.events';
import { MessagesRepository } from './messages.repository';

export interface ReadPosition {
  readonly chatId: number;
  /** Everything up to here is read. */
  readonly seq: number;
  /** Live messages of others after it. */
  readonly unreadCount: number;
}

interface Reading extends ChatWrite {
  readonly seq: number;
}

/** Moves the actor's read position: only forward, at most to the latest change. */
@Injectable()
export class MarkRead extends ChatWriter<Reading, number, null> {
  constructor(
    private readonly log: ChatLog,
    private readonly messages: MessagesRepository,
  ) {
    super();
  }

  /** @throws ChatNotFound */
  async execute(actor: Actor, chatId: number, seq: number): Promise<ReadPosition> {
    const position = await this.log.commit(this, { actor, chatId, seq });
    const unread = await this.messages.countUnread(actor.userId, [chatId]);
    return { chatId, seq: position, unreadCount: unread.get(chatId) ?? 0 };
  }

  async prepare(): Promise<null> {
    return null;
  }

  apply({ actor, seq }: Reading, chat: LockedChat): Applied<number> {
    chat.requirePermission('read', actor);
    const member = chat.getMember(actor.userId);
    const position = Math.min(seq, chat.state.lastSeq);
    if (position <= member.readSeq) return { result: member.readSeq };
    chat.putMember({ ...member, readSeq: position });
    const event = MessagesRead({ chatId: chat.id, userId: actor.userId, seq: position });
    return { result: position, events: [event] };
  }
}
