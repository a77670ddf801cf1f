import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import {
  CLIENT_ID_MAX_CHARACTERS,
  Message,
  MessageBodyMissing,
  MESSAGE_MAX_CHARACTERS,
  MESSAGE_TYPES,
  MessageType,
  Revision,
} from '@app/messages';
import { Problem, toProblem } from '../errors/problem';
import { MEDIA_PER_MESSAGE } from '@app/media';
import { FlagField, IdField, TextField, TimeField } from './fields';
import { mediaToWire, MediaWire, plainUrlOf, UrlOf } from './media.shape';
import { pageSchemaOf } from './page.shape';
import { timeToWire } from './time';

@ApiSchema({
  name: 'Message',
  description: 'A message. A deleted one is a tombstone: `is_deleted` is true and `content` empty.',
})
export class MessageWire {
  @IdField('Names the message.', { example: 456 })
  id: number;

  @IdField('The chat that it is in.', { example: 123 })
  chat_id: number;

  @IdField("The number of the chat's change that brought it. Edits and the deletion have numbers of their own.")
  seq: number;

  @IdField('Who wrote it.', { example: 789 })
  sender_id: number;

  @TextField('What the sender is called now; `deleted user` if the account was deleted.', { example: 'john_doe' })
  sender_username: string;

  @TextField('The text, exactly as it was sent. Empty in a tombstone.', {
    example: 'Hello, world!',
    maxLength: MESSAGE_MAX_CHARACTERS,
  })
  content: string;

  @TimeField('When it was sent.')
  timestamp: string;

  @ApiProperty({
    enum: MESSAGE_TYPES,
    enumName: 'MessageType',
    description: 'What kind of message it is.',
    example: 'text',
  })
  message_type: MessageType;

  @FlagField('True if its text was changed since.')
  is_edited: boolean;

  @FlagField('True if it was deleted.')
  is_deleted: boolean;

  @TimeField('When its text was last changed.', { nullable: true, example: null })
  edited_at: string | null;

  @TextField('The key that its sender gave it, to make a retry safe.', {
    nullable: true,
    maxLength: CLIENT_ID_MAX_CHARACTERS,
    example: '7d1c1f0e-9a55-4a3c-8f0e-2b7b6d0a5f11',
  })
  client_id: string | null;

  @IdField('The message of the same chat that it answers.', { nullable: true, example: null })
  reply_to: number | null;

  @ApiProperty({
    type: [MediaWire],
    maxItems: MEDIA_PER_MESSAGE,
    description: 'The files that it brings, in the order in which they were sent; none in a tombstone.',
  })
  media: MediaWire[];

  @ApiPropertyOptional({
    allOf: [{ $ref: '#/components/schemas/Problem' }],
    description:
      'Only if its text can not be read, which is a damage of the server: the problem `message.body_missing`, ' +
      'with `content` empty. The rest of a list is not kept back for it.',
  })
  error?: Problem;
}

@ApiSchema({ name: 'MessageRevision', description: 'An earlier text of a message.' })
export class RevisionWire {
  @IdField('Counts the texts of the message; 1 is the one that was first sent.', { example: 1 })
  number: number;

  @TextField('The text.', { example: 'Hello, wrold!', maxLength: MESSAGE_MAX_CHARACTERS })
  content: string;

  @TimeField('When it was written.')
  timestamp: string;
}

@ApiSchema({ name: 'MessageRevisionPage' })
export class RevisionPage extends pageSchemaOf(RevisionWire) {}

/** @param urlOf how its files are addressed: signed for who asks, or the same for all */
export function messageToWire(message: Message, urlOf: UrlOf = plainUrlOf): MessageWire {
  const wire: MessageWire = {
    id: message.id,
    chat_id: message.chatId,
    seq: message.seq,
    sender_id: message.senderId,
    sender_username: message.senderUsername,
    content: message.content,
    timestamp: timeToWire(message.sentAt),
    message_type: message.type,
    is_edited: message.editedAt !== null,
    is_deleted: message.isDeleted,
    edited_at: message.editedAt && timeToWire(message.editedAt),
    client_id: message.clientId,
    reply_to: message.replyTo,
    media: message.media.map((media) => mediaToWire(media, urlOf)),
  };
  if (message.isTextLost) wire.error = toProblem(new MessageBodyMissing(message.id));
  return wire;
}

export function revisionToWire({ number, content, writtenAt }: Revision): RevisionWire {
  return { number, content, timestamp: timeToWire(writtenAt) };
}
