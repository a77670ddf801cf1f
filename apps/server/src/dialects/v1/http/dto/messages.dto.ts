import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { MEDIA_PER_MESSAGE } from '@app/media';
import { CLIENT_ID_MAX_CHARACTERS, MESSAGE_MAX_CHARACTERS, MESSAGE_TYPES } from '@app/messages';
import { IdField, TextField } from '../../shapes/fields';
import { IsId, IsIdList } from './rules';

const CONTENT =
  'The text: 1 to 10,000 characters (Unicode code points), of which at least one can be seen unless it brings files. Kept exactly as sent.';

@ApiSchema({ name: 'NewMessage' })
export class SendMessageDto {
  @IsId()
  @IdField('Where to send it.', { example: 123 })
  chat_id: number;

  @IsString()
  @TextField(CONTENT, { maxLength: MESSAGE_MAX_CHARACTERS, example: 'Hello, world!' })
  content: string;

  @IsOptional()
  @IsString()
  @ApiProperty({
    type: 'string',
    enum: [...MESSAGE_TYPES, null],
    required: false,
    nullable: true,
    description: 'What kind of message it is; `text` if left out.',
    example: 'text',
  })
  message_type?: string | null;

  @IsOptional()
  @IsString()
  @TextField('Makes a retry safe: see "Safe retries". The header `Idempotency-Key` does the same.', {
    required: false,
    nullable: true,
    minLength: 1,
    maxLength: CLIENT_ID_MAX_CHARACTERS,
    example: '7d1c1f0e-9a55-4a3c-8f0e-2b7b6d0a5f11',
  })
  client_id?: string | null;

  @IsOptional()
  @IsId()
  @IdField('The message of the same chat that this one answers.', { required: false, nullable: true, example: 455 })
  reply_to?: number | null;

  @IsOptional()
  @IsIdList(MEDIA_PER_MESSAGE)
  @ApiProperty({
    type: 'array',
    items: { type: 'integer', format: 'int64', minimum: 1 },
    description: 'Files that I have uploaded and that it brings, in this order. With files, `content` may be empty.',
    required: false,
    nullable: true,
    maxItems: MEDIA_PER_MESSAGE,
    uniqueItems: true,
    example: [17],
  })
  media_ids?: number[] | null;
}

@ApiSchema({ name: 'MessageUpdate' })
export class EditMessageDto {
  @IsString()
  @TextField(CONTENT, { maxLength: MESSAGE_MAX_CHARACTERS, example: 'Hello, wide world!' })
  content: string;
}
