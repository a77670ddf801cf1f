import type { Message } from '@app/messages';

/** A message as a dialect is given it. */
export const MESSAGE: Message = {
  id: 7,
  chatId: 1,
  seq: 3,
  senderId: 2,
  senderUsername: 'ann',
  senderEmail: null,
  content: 'hello',
  isTextLost: false,
  type: 'text',
  sentAt: new Date(0),
  editedAt: null,
  isDeleted: false,
  clientId: null,
  replyTo: null,
  media: [],
  extras: null,
};

export const MESSAGE_WITH_LOST_TEXT: Message = { ...MESSAGE, content: '', isTextLost: true };
