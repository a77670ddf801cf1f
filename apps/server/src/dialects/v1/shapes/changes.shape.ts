import { ApiExtraModels, ApiProperty, ApiSchema, getSchemaPath } from '@nestjs/swagger';
import { FlagField, CountField } from './fields';
import { CHANGE_FRAMES, ChangeFrameWire } from './change-frames.shape';

/** Most changes that one answer holds. */
export const MAX_CHANGES = 100;

const frames = Object.entries(CHANGE_FRAMES);

@ApiExtraModels(...Object.values(CHANGE_FRAMES))
@ApiSchema({ name: 'ChatChanges', description: "A stretch of a chat's changes, without holes." })
export class ChangesWire {
  @ApiProperty({
    type: 'array',
    maxItems: MAX_CHANGES,
    description: 'Oldest first, each the very frame that went out live.',
    items: {
      oneOf: frames.map(([, frame]) => ({ $ref: getSchemaPath(frame) })),
      discriminator: {
        propertyName: 'type',
        mapping: Object.fromEntries(frames.map(([type, frame]) => [type, getSchemaPath(frame)])),
      },
    },
  })
  changes: ChangeFrameWire[];

  @CountField("The number of the chat's latest change.")
  last_seq: number;

  @FlagField('True if there are changes after the last one here: ask again with its `seq`.')
  more: boolean;
}

@ApiSchema({ name: 'ReadPosition', description: 'How far someone has read a chat.' })
export class ReadPositionWire {
  @CountField('The chat.', { example: 123, minimum: 1 })
  chat_id: number;

  @CountField('Everything up to this number is read.')
  seq: number;

  @CountField('Messages of others after it that are not deleted.', { example: 0 })
  unread_count: number;
}
