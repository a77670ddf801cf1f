import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { ChatWire, ParticipantWire } from './chat.shape';
import { IdField, TimeField } from './fields';
import { MessageWire } from './message.shape';

/** What each change of a chat looks like, on sockets and in the changes feed alike. */
class ChangeFrame {
  @IdField('The chat that changed.', { example: 123 })
  chat_id: number;

  @IdField("The change's number in its chat: the next one has the next number, without gaps.")
  seq: number;

  @TimeField('When it happened.')
  timestamp: string;
}

/** The property that tells frames apart. */
function TypeField(type: string): PropertyDecorator {
  return ApiProperty({ type: 'string', enum: [type], example: type, description: 'Says which frame it is.' });
}

@ApiSchema({ name: 'NewMessageFrame', description: 'A message was sent. The feed shows it as it is now.' })
class NewMessageFrame extends ChangeFrame {
  @TypeField('new_message')
  type: 'new_message';

  @ApiProperty({ type: () => MessageWire })
  message: MessageWire;
}

@ApiSchema({ name: 'MessageEditedFrame', description: 'The text of a message was changed.' })
class MessageEditedFrame extends ChangeFrame {
  @TypeField('message_edited')
  type: 'message_edited';

  @ApiProperty({ type: () => MessageWire })
  message: MessageWire;
}

@ApiSchema({ name: 'MessageDeletedFrame', description: 'A message was deleted; this is its tombstone.' })
class MessageDeletedFrame extends ChangeFrame {
  @TypeField('message_deleted')
  type: 'message_deleted';

  @ApiProperty({ type: () => MessageWire })
  message: MessageWire;
}

@ApiSchema({ name: 'ParticipantAddedFrame', description: 'Someone came into the group.' })
class ParticipantAddedFrame extends ChangeFrame {
  @TypeField('participant_added')
  type: 'participant_added';

  @ApiProperty({ type: () => ParticipantWire })
  participant: ParticipantWire;
}

@ApiSchema({
  name: 'ParticipantUpdatedFrame',
  description: 'Someone became an admin of the group, or ceased to be one.',
})
class ParticipantUpdatedFrame extends ChangeFrame {
  @TypeField('participant_updated')
  type: 'participant_updated';

  @ApiProperty({ type: () => ParticipantWire })
  participant: ParticipantWire;
}

@ApiSchema({ name: 'ParticipantRemovedFrame', description: 'Someone left, or was removed.' })
class ParticipantRemovedFrame extends ChangeFrame {
  @TypeField('participant_removed')
  type: 'participant_removed';

  @IdField('Who is gone.', { example: 789 })
  user_id: number;
}

@ApiSchema({ name: 'ChatUpdatedFrame', description: 'The group has another name.' })
class ChatUpdatedFrame extends ChangeFrame {
  @TypeField('chat_updated')
  type: 'chat_updated';

  @ApiProperty({ type: () => ChatWire })
  chat: ChatWire;
}

export type ChangeFrameWire =
  | NewMessageFrame
  | MessageEditedFrame
  | MessageDeletedFrame
  | ParticipantAddedFrame
  | ParticipantUpdatedFrame
  | ParticipantRemovedFrame
  | ChatUpdatedFrame;

/** The schema of each frame by its `type`. */
export const CHANGE_FRAMES = {
  new_message: NewMessageFrame,
  message_edited: MessageEditedFrame,
  message_deleted: MessageDeletedFrame,
  participant_added: ParticipantAddedFrame,
  participant_updated: ParticipantUpdatedFrame,
  participant_removed: ParticipantRemovedFrame,
  chat_updated: ChatUpdatedFrame,
} as const satisfies Record<ChangeFrameWire['type'], unknown>;
