import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, ValidateIf } from 'class-validator';
import { CHAT_NAME_MAX_CHARACTERS, ChatType } from '@app/chats';
import { OptionalBody } from '../../../../transport/validation';
import { CHAT_TYPES } from '../../shapes/chat.shape';
import { CountField, FlagField, IdField, TextField } from '../../shapes/fields';
import { IsId, IsIdList, IsSeq, MAX_LIST_LENGTH } from './rules';

@ApiSchema({ name: 'NewChat' })
export class CreateChatDto {
  @IsIn(CHAT_TYPES)
  @ApiProperty({ enum: CHAT_TYPES, enumName: 'ChatType', description: 'Which sort of chat.', example: 'group' })
  chat_type: ChatType;

  @IsOptional()
  @IsString()
  @TextField('The name of a group; null for none. A direct chat has no name: it is not looked at there.', {
    required: false,
    nullable: true,
    minLength: 1,
    maxLength: CHAT_NAME_MAX_CHARACTERS,
    example: 'Book club',
  })
  name?: string | null;

  @IsIdList()
  @ApiProperty({
    type: 'array',
    items: { type: 'integer', format: 'int64', minimum: 1 },
    maxItems: MAX_LIST_LENGTH,
    description:
      'The others: exactly one for a direct chat, up to 99 for a group. Naming oneself or someone twice does no harm.',
    example: [789, 790],
  })
  participant_ids: number[];
}

@ApiSchema({ name: 'ChatUpdate' })
export class UpdateChatDto {
  @ValidateIf((_object, value) => value !== null)
  @IsString()
  @TextField('The new name; null for none.', {
    nullable: true,
    minLength: 1,
    maxLength: CHAT_NAME_MAX_CHARACTERS,
    example: 'Film club',
  })
  name: string | null;
}

@ApiSchema({ name: 'AdminRole' })
export class AppointDto {
  @IsBoolean()
  @FlagField('True to make the member an admin, false to take that away.', { example: true })
  is_admin: boolean;
}

@ApiSchema({ name: 'ReadUpTo' })
export class MarkReadDto {
  @IsSeq()
  @CountField('Everything up to this number is read.')
  seq: number;
}

/** Both forms of naming people; `named-people.ts` sees to it that one of them is used. */
@ApiSchema({ name: 'PeopleToAdd', description: 'Either `user_ids` or `user_id`.' })
export class AddParticipantsDto {
  @IsOptional()
  @IsIdList()
  @ApiProperty({
    required: false,
    type: 'array',
    items: { type: 'integer', format: 'int64', minimum: 1 },
    minItems: 1,
    maxItems: MAX_LIST_LENGTH,
    description: 'Who is to come in. Members that are in already stay as they are.',
    example: [789, 790],
  })
  user_ids?: number[];

  @IsOptional()
  @IsId()
  @IdField('The same for one person.', { required: false, example: 791 })
  user_id?: number;
}

@OptionalBody()
@ApiSchema({ name: 'PersonToRemove', description: 'In place of the query parameter `user_id`.' })
export class RemoveParticipantDto {
  @IsOptional()
  @IsId()
  @IdField('Who is to go.', { required: false, example: 789 })
  user_id?: number;
}
