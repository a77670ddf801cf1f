import type { Media } from '@app/media';
import type { PersonName } from '@app/users';
import type { Message } from './message';
import type { StoredBody } from './message-bodies';
import type { MessageEntity } from './persistence/message.entity';

/**
 * Puts a message together from where its parts stand. A deleted one shows no content, whatever is given.
 * @param body undefined if it is nowhere to be found
 * @param media in the order in which they were sent
 */
export function composeMessage(
  row: MessageEntity,
  body: StoredBody | undefined,
  sender: PersonName | undefined,
  media: readonly Media[] = [],
): Message {
  const { id, chatId, seq, senderId, type, sentAt, editedAt, clientId, replyTo } = row;
  const isDeleted = row.deletedAt !== null;
  return {
    id,
    chatId,
    seq,
    senderId,
    senderUsername: sender?.username ?? '',
    senderEmail: sender?.email ?? null,
    content: isDeleted ? '' : (body?.content ?? ''),
    extras: isDeleted ? null : (body?.extras ?? null),
    isTextLost: !isDeleted && body === undefined,
    type,
    sentAt,
    editedAt,
    isDeleted,
    clientId,
    replyTo,
    media: isDeleted ? [] : media,
  };
}
