import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { Chat, GROUP_MAX_MEMBERS } from '@app/chats';
import { IdField, TextField } from './fields';

const ALONE = 'Unnamed Chatroom';

@ApiSchema({ name: 'Chatroom' })
export class ChatroomWire {
  @IdField('Names the chatroom.', '123')
  _id: string;

  @TextField(`Its name; without one, the other members' usernames, and "${ALONE}" for who is alone in it.`, {
    example: 'Book club',
  })
  name: string;

  @ApiProperty({
    type: [String],
    maxItems: GROUP_MAX_MEMBERS,
    description: 'Ids of its members, the longest-standing first.',
    example: ['789', '790'],
  })
  members: string[];
}

/** A chat as `viewerId` sees it: a nameless one is called after the others. */
export function chatroomToWire({ id, name, participants }: Chat, viewerId: number): ChatroomWire {
  const others = participants.filter(({ userId }) => userId !== viewerId).map(({ username }) => username);
  return {
    _id: String(id),
    name: name ?? (others.length === 0 ? ALONE : others.join(', ')),
    members: participants.map(({ userId }) => String(userId)),
  };
}
