import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import {
  CHAT_NAME_MAX_CHARACTERS,
  DirectChat,
  GROUP_DESCRIPTION_MAX_CHARACTERS,
  GROUP_MAX_MEMBERS,
  GroupDetails,
} from '@app/chats';
import type { Message } from '@app/messages';
import { EmailField, IdField, TextField } from './fields';
import { messageToWire, MessageWire } from './message.shape';
import { nameOf } from './people';

/** As many messages as a list holds. */
export const MAX_MESSAGES = 100;

@ApiSchema({ name: 'AuthChatRoom', description: 'A room with its latest messages.' })
export class RoomWire {
  @IdField('Names the room.', '123')
  id: string;

  @TextField('Its name; null for a chat of another dialect that has none.', {
    nullable: true,
    maxLength: CHAT_NAME_MAX_CHARACTERS,
    example: 'Book club',
  })
  name: string | null;

  @TextField('What it says about itself; left out if nothing.', {
    required: false,
    maxLength: GROUP_DESCRIPTION_MAX_CHARACTERS,
    example: 'A book a month',
  })
  description?: string;

  @ApiProperty({
    type: [String],
    maxItems: GROUP_MAX_MEMBERS,
    example: ['john@example.org', 'ann@example.org'],
    description:
      'Who is in it, and who is invited: e-mail addresses, in lower case, or the username of someone without one. ' +
      'Admins come first, the others in alphabetical order.',
  })
  members: string[];

  @ApiProperty({ type: [MessageWire], maxItems: MAX_MESSAGES, description: 'Its latest messages, oldest first.' })
  messages: MessageWire[];
}

@ApiSchema({ name: 'AuthChatPrivateChat', description: 'A direct chat of mine.' })
export class PrivateChatWire {
  @IdField('Names the chat; the calls about rooms take it, too.', '124')
  id: string;

  @EmailField('Who the other one is.')
  other_user_email: string;

  @ApiProperty({ type: 'boolean', description: 'True while the other one has any connection open.', example: true })
  is_online: boolean;
}

export function roomToWire({ chat, description, invitedEmails }: GroupDetails, messages: readonly Message[]): RoomWire {
  const admins = chat.participants.filter(({ isAdmin }) => isAdmin).map(nameOf);
  const others = chat.participants.filter(({ isAdmin }) => !isAdmin).map(nameOf);
  return {
    id: String(chat.id),
    name: chat.name,
    // Members and invited people in one order: where an address stands does not tell whether it has an account.
    members: [...admins.sort(), ...[...others, ...invitedEmails].sort()],
    messages: messages.map(messageToWire),
    ...(description !== null && { description }),
  };
}

export function privateChatToWire({ id, other }: DirectChat, isOnline: boolean): PrivateChatWire {
  return { id: String(id), other_user_email: nameOf(other), is_online: isOnline };
}
