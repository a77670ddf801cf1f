import { Injectable } from '@nestjs/common';
import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { Chat, CHAT_NAME_MAX_CHARACTERS, ChatType, GROUP_MAX_MEMBERS, Participant } from '@app/chats';
import type { InboxEntry } from '@app/messages';
import { Presence } from '@app/realtime';
import { CountField, FlagField, IdField, TextField, TimeField } from './fields';
import type { UrlOf } from './media.shape';
import { messageToWire, MessageWire } from './message.shape';
import { pageSchemaOf } from './page.shape';

export const CHAT_TYPES: readonly ChatType[] = ['direct', 'group'];

@ApiSchema({ name: 'Participant', description: 'A member of a chat.' })
export class ParticipantWire {
  @IdField('Who it is.', { example: 789 })
  user_id: number;

  @TextField('What the person is called now.', { example: 'john_doe' })
  username: string;

  @TextField("The person's full name.", { nullable: true, example: 'John Doe' })
  full_name: string | null;

  @TimeField('Since when the person is in the chat.')
  joined_at: string;

  @FlagField('True for the admins of a group, and for who made a direct chat.')
  is_admin: boolean;

  @FlagField('True while the person has any connection open.', { example: true })
  is_online: boolean;
}

@ApiSchema({ name: 'Chat', description: 'A conversation of two people (`direct`) or of up to 100 (`group`).' })
export class ChatWire {
  @IdField('Names the chat.', { example: 123 })
  id: number;

  @TextField('The name of a group. A direct chat has none.', {
    nullable: true,
    maxLength: CHAT_NAME_MAX_CHARACTERS,
    example: 'Book club',
  })
  name: string | null;

  @ApiProperty({ enum: CHAT_TYPES, enumName: 'ChatType', description: 'Which sort of chat it is.', example: 'group' })
  chat_type: ChatType;

  @TimeField('When it was made.')
  created_at: string;

  @TimeField('When it last changed.')
  updated_at: string;

  @FlagField('False once the last member has left.', { example: true })
  is_active: boolean;

  @CountField('The number of its latest change; 0 if nothing has happened in it yet.')
  last_seq: number;

  @ApiProperty({
    type: [ParticipantWire],
    maxItems: GROUP_MAX_MEMBERS,
    description: 'Its members, the longest-standing first.',
  })
  participants: ParticipantWire[];
}

@ApiSchema({ name: 'ChatListItem', description: 'A chat of mine with what a list shows of it.' })
export class ChatListItemWire extends ChatWire {
  @ApiProperty({
    type: () => MessageWire,
    nullable: true,
    description: 'Its newest message, also if that is a tombstone.',
  })
  last_message: MessageWire | null;

  @CountField('Messages of others after my read position that are not deleted.', { example: 3 })
  unread_count: number;
}

export class ParticipantPage extends pageSchemaOf(ParticipantWire) {}
export class ChatPage extends pageSchemaOf(ChatListItemWire) {}

/** Shows chats and their members as this dialect does, with who is online now. */
@Injectable()
export class ChatShapes {
  constructor(private readonly presence: Presence) {}

  readonly chat = (chat: Chat): ChatWire => ({
    id: chat.id,
    name: chat.name,
    chat_type: chat.type,
    created_at: chat.createdAt.toISOString(),
    updated_at: chat.updatedAt.toISOString(),
    is_active: chat.isActive,
    last_seq: chat.lastSeq,
    participants: chat.participants.map(this.participant),
  });

  readonly participant = (participant: Participant): ParticipantWire => ({
    user_id: participant.userId,
    username: participant.username,
    full_name: participant.fullName,
    joined_at: participant.joinedAt.toISOString(),
    is_admin: participant.isAdmin,
    is_online: this.presence.isOnline(participant.userId),
  });

  readonly listItem = ({ chat, lastMessage, unreadCount }: InboxEntry, urlOf: UrlOf): ChatListItemWire => ({
    ...this.chat(chat),
    last_message: lastMessage && messageToWire(lastMessage, urlOf),
    unread_count: unreadCount,
  });
}
