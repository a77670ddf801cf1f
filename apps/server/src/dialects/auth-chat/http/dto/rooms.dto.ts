import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsArray, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { CHAT_NAME_MAX_CHARACTERS, GROUP_DESCRIPTION_MAX_CHARACTERS, GROUP_MAX_MEMBERS } from '@app/chats';
import { MESSAGE_MAX_CHARACTERS } from '@app/messages';
import { MAX_PAGE } from '@app/platform';
import { IgnoresUnknownFields, ToInteger } from '../../../../transport/validation';
import { TextField } from '../../shapes/fields';
import { MAX_MESSAGES } from '../../shapes/room.shape';

/** More private chats than anybody has; the next page begins after so many. */
const MAX_PRIVATE_CHATS = 1000;

@IgnoresUnknownFields()
@ApiSchema({ name: 'AuthChatNewRoom' })
export class CreateRoomDto {
  @IsString()
  @TextField('The name of the room.', { minLength: 1, maxLength: CHAT_NAME_MAX_CHARACTERS, example: 'Book club' })
  name: string;

  @IsOptional()
  @IsString()
  @TextField('What it is about.', {
    required: false,
    nullable: true,
    maxLength: GROUP_DESCRIPTION_MAX_CHARACTERS,
    example: 'A book a month',
  })
  description?: string | null;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @ApiProperty({
    type: [String],
    required: false,
    nullable: true,
    maxItems: GROUP_MAX_MEMBERS,
    example: ['ann@example.org'],
    description: 'E-mail addresses. I am a member in any case. An address that nobody has yet is invited.',
  })
  members?: string[] | null;
}

@IgnoresUnknownFields()
@ApiSchema({ name: 'AuthChatNewMessage' })
export class NewMessageDto {
  @IsString()
  @TextField('The text: 1 to 10,000 characters, of which at least one can be seen. Kept exactly as sent.', {
    minLength: 1,
    maxLength: MESSAGE_MAX_CHARACTERS,
    example: 'Hello, world!',
  })
  content: string;
}

@IgnoresUnknownFields()
export class MessagesQuery {
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(MAX_MESSAGES)
  @ApiProperty({
    type: 'integer',
    required: false,
    minimum: 1,
    maximum: MAX_MESSAGES,
    default: MAX_MESSAGES,
    description: 'How many messages to give at most.',
  })
  limit: number = MAX_MESSAGES;

  @IsOptional()
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  @TextField('The id of a message of this room: the ones before it.', { required: false })
  before?: number;
}

@IgnoresUnknownFields()
export class PrivateChatsQuery {
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE)
  @ApiProperty({ type: 'integer', required: false, minimum: 1, maximum: MAX_PAGE, default: 1, description: 'From 1.' })
  page: number = 1;

  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(MAX_PRIVATE_CHATS)
  @ApiProperty({
    type: 'integer',
    required: false,
    minimum: 1,
    maximum: MAX_PRIVATE_CHATS,
    default: MAX_PRIVATE_CHATS,
    description: 'How many chats to give at most.',
  })
  limit: number = MAX_PRIVATE_CHATS;
}
