import { defineEvent } from '@app/platform';
import type { ChatChange } from '@app/chats';
import type { Message } from './message';

export type MessageChange = ChatChange & { readonly message: Message };

export const MessageSent = defineEvent<MessageChange>('messages.sent');
export const MessageEdited = defineEvent<MessageChange>('messages.edited');
/** `message` is the tombstone. */
export const MessageDeleted = defineEvent<MessageChange>('messages.deleted');

/** Someone has read everything up to `seq`. A position, not a change of the chat: it has no number of its own. */
export const MessagesRead = defineEvent<{ readonly chatId: number; readonly userId: number; readonly seq: number }>(
  'messages.read',
);
