import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { MEDIA_PER_MESSAGE } from '@app/media';

/** What clients send on sockets. The rules for texts are the libraries'; here it is only said what kind of value each field has. */
const MAX_ID = Number.MAX_SAFE_INTEGER;

/** Fields of the envelope; the raw WebSocket has them inside of each frame. */
class Frame {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_ID)
  chat_id?: number;
}

export class MessageFrame extends Frame {
  @IsString()
  content: string;

  @IsOptional()
  @IsString()
  message_type?: string;

  @IsOptional()
  @IsString()
  client_id?: string | null;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_ID)
  reply_to?: number | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MEDIA_PER_MESSAGE)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(MAX_ID, { each: true })
  media_ids?: number[] | null;
}

export class EditFrame extends Frame {
  @IsInt()
  @Min(1)
  @Max(MAX_ID)
  message_id: number;

  @IsString()
  content: string;
}

export class DeleteFrame extends Frame {
  @IsInt()
  @Min(1)
  @Max(MAX_ID)
  message_id: number;
}

export class ReadFrame extends Frame {
  @IsInt()
  @Min(0)
  @Max(MAX_ID)
  seq: number;
}

export class TypingFrame extends Frame {
  @IsIn(['start', 'stop'])
  content: 'start' | 'stop';
}

export class PingFrame extends Frame {}
