import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { UserDirectory } from '@app/users';
import type { Chat } from './chat';
import { composeChat, Names } from './chat-views';
import { ChatUpdated } from './chats.events';
import { GetChat } from './get-chat';
import { checkGroupName } from './group-name';
import { Applied, ChatLog, ChatWrite, LockedChat } from './log';
import { MembershipWriter } from './membership-writer';

interface Renaming extends ChatWrite {
  readonly name: string | null;
}

/** Gives a group another name, or none. */
@Injectable()
export class RenameChat extends MembershipWriter<Renaming> {
  constructor(
    private readonly log: ChatLog,
    private readonly getChat: GetChat,
    directory: UserDirectory,
  ) {
    super(directory);
  }

  /** @throws InvalidInput (name), ChatNotFound, NotChatAdmin, ChatIsDirect */
  async execute(actor: Actor, chatId: number, name: string | null): Promise<Chat> {
    await this.log.commit(this, { actor, chatId, name: checkGroupName(name) });
    return this.getChat.execute(actor, chatId);
  }

  apply({ actor, name }: Renaming, chat: LockedChat, names: Names): Applied<void> {
    chat.requirePermission('rename', actor);
    if (chat.state.name === name) return { result: undefined };
    chat.rename(name);
    const change = chat.recordEvent(ChatUpdated.eventName, actor.userId, { name });
    const event = ChatUpdated({ ...change, chat: composeChat(chat.state, chat.listMembers(), chat.learnNames(names)) });
    return { result: undefined, events: [event] };
  }
}
