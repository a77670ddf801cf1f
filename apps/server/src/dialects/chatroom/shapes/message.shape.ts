import { ApiSchema } from '@nestjs/swagger';
import { LOST_TEXT_NOTE, Message } from '@app/messages';
import { isBlank } from '@app/platform';
import { mediaPath } from '../../../transport/http/media-links';
import { IdField, MessageField, TextField } from './fields';

@ApiSchema({ name: 'ChatroomMessage' })
export class MessageWire {
  @IdField('Names the message.', '456')
  _id: string;

  @IdField('The chatroom that it is in.', '123')
  chatroom: string;

  @IdField('Who wrote it.', '789')
  sender: string;

  @TextField('What the sender is called now; `deleted user` if the account was deleted.', { example: 'john_doe' })
  sender_username: string;

  @MessageField('As it was sent. Text that was edited in another dialect is a string.')
  message: string | object;

  @TextField('When it was sent: ISO 8601, UTC.', { format: 'date-time', example: '2026-11-20T09:30:15.123Z' })
  timestamp: string;
}

export function messageToWire(message: Message): MessageWire {
  return {
    _id: String(message.id),
    chatroom: String(message.chatId),
    sender: String(message.senderId),
    sender_username: message.senderUsername,
    message: saidBy(message),
    timestamp: message.sentAt.toISOString(),
  };
}

/** As it was sent: a text, or an object with a text in `content`. */
function saidBy({ content, extras, isTextLost, media }: Message): string | object {
  if (isTextLost) return LOST_TEXT_NOTE;
  // Files that were sent without a word, by another dialect, are their links here.
  if (extras === null && isBlank(content)) return media.map(({ id, filename }) => mediaPath(id, filename)).join('\n');
  return extras === null ? content : { content, ...(JSON.parse(extras) as object) };
}
