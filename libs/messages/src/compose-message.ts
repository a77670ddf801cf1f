import type { Message } from './message';
import type { MessageEntity } from './persistence/message.entity';

/** Puts a message together from where its parts stand. A deleted one shows no content, whatever is given. */
export function composeMessage(row: MessageEntity, content: string, senderUsername: string): Message {
  const { id, chatId, seq, senderId, type, sentAt, editedAt, clientId, replyTo } = row;
  const isDeleted = row.deletedAt !== null;
  return {
    id,
    chatId,
    seq,
    senderId,
    senderUsername,
    content: isDeleted ? '' : content,
    type,
    sentAt,
    editedAt,
    isDeleted,
    clientId,
    replyTo,
  };
}
