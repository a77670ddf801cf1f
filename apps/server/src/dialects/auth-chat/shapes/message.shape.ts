import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { LOST_TEXT_NOTE, Message, MESSAGE_MAX_CHARACTERS } from '@app/messages';
import { isBlank } from '@app/platform';
import { mediaPath } from '../../../transport/http/media-links';
import { EmailField, IdField, TextField } from './fields';
import { nameOf } from './people';

@ApiSchema({ name: 'AuthChatMessage', description: 'A message.' })
export class MessageWire {
  @IdField('Names the message.', '456')
  id: string;

  @EmailField('Who wrote it.')
  sender: string;

  @TextField(
    'The text, exactly as it was sent, or as its sender changed it since. Of files without a text: their links, a line each.',
    {
      maxLength: MESSAGE_MAX_CHARACTERS,
      example: 'Hello, world!',
    },
  )
  content: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    example: '2026-11-20T09:30:15.123Z',
    description: 'When it was sent.',
  })
  timestamp: string;
}

export function messageToWire(message: Message): MessageWire {
  const { id, senderUsername: username, senderEmail: email, sentAt } = message;
  return {
    id: String(id),
    sender: nameOf({ username, email }),
    content: contentOf(message),
    timestamp: sentAt.toISOString(),
  };
}

/** Files that were sent without a word, by another dialect, are their links here. */
function contentOf({ isTextLost, content, media }: Message): string {
  if (isTextLost) return LOST_TEXT_NOTE;
  if (!isBlank(content)) return content;
  return media.map(({ id, filename }) => mediaPath(id, filename)).join('\n');
}
