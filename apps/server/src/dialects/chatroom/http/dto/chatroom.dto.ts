import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional, IsString } from 'class-validator';
import { CHAT_NAME_MAX_CHARACTERS } from '@app/chats';
import { IgnoresUnknownFields, OptionalBody } from '../../../../transport/validation';
import { IdField, MessageField, TextField } from '../../shapes/fields';

/** Longest list that a request may hold. What makes sense is decided by the use case: a room has 100 members. */
const MAX_LIST_LENGTH = 1000;

@OptionalBody()
@IgnoresUnknownFields()
@ApiSchema({ name: 'NewChatroom' })
export class CreateChatroomDto {
  @IsOptional()
  @IsString()
  @TextField('Its name; left out or null for none.', {
    required: false,
    nullable: true,
    minLength: 1,
    maxLength: CHAT_NAME_MAX_CHARACTERS,
    example: 'Book club',
  })
  name?: string | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_LIST_LENGTH)
  @IsString({ each: true })
  @ApiProperty({
    required: false,
    nullable: true,
    type: [String],
    maxItems: MAX_LIST_LENGTH,
    description: 'Ids of the others, up to 99. Naming oneself or someone twice does no harm.',
    example: ['789', '790'],
  })
  members?: string[] | null;
}

@IgnoresUnknownFields()
@ApiSchema({ name: 'NewChatroomMessage' })
export class SendMessageDto {
  @IsString()
  @IdField('Where to send it.', '123')
  chatroom: string;

  /** Has rules of its own: see `messageFrom`. */
  @IsOptional()
  @MessageField('A text of up to 10,000 characters, or an object with one in `content`; its other fields are kept.')
  message: unknown;
}
