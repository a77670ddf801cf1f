import { ChatChange, topicOfChat } from '@app/chats';
import { defineEvent } from '@app/platform';
import type { Message } from './message';

export type MessageChange = ChatChange & { readonly message: Message };

export const MessageSent = defineEvent<
  MessageChange & {
    /** The connection that it came by, if its dialect wants to know. */
    readonly origin?: string;
  }
>('messages.sent', topicOfChat);
export const MessageEdited = defineEvent<MessageChange>('messages.edited', topicOfChat);
/** `message` is the tombstone. */
export const MessageDeleted = defineEvent<MessageChange>('messages.deleted', topicOfChat);

/** Someone has read everything up to `seq`. A position, not a change of the chat: it has no number of its own. */
export const MessagesRead = defineEvent<{ readonly chatId: number; readonly userId: number; readonly seq: number }>(
  'messages.read',
  topicOfChat,
);
