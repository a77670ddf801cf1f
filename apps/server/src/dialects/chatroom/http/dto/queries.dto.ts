import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { MAX_PAGE_SIZE } from '@app/platform';
import { IgnoresUnknownFields, ToInteger } from '../../../../transport/validation';

const SCOPES = ['own', 'all'] as const;
const ID_RANGE = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, example: 42 } as const;

@IgnoresUnknownFields()
class SliceQuery {
  @ApiPropertyOptional({
    description: 'How many at most.',
    type: 'integer',
    minimum: 1,
    maximum: MAX_PAGE_SIZE,
    default: MAX_PAGE_SIZE,
  })
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_SIZE)
  limit: number = MAX_PAGE_SIZE;
}

@IgnoresUnknownFields()
export class UsersQuery extends SliceQuery {
  @ApiPropertyOptional({ ...ID_RANGE, description: 'The `_id` of the last user of the slice before.', default: 0 })
  @ToInteger()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after: number = 0;
}

@IgnoresUnknownFields()
export class ChatroomsQuery extends SliceQuery {
  @ApiPropertyOptional({ enum: SCOPES, default: 'own', description: '`all`: the rooms that are open to join, too.' })
  @IsIn(SCOPES)
  scope: (typeof SCOPES)[number] = 'own';

  @ApiPropertyOptional({ ...ID_RANGE, description: 'The `_id` of the last chatroom of the slice before.' })
  @ToInteger()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  before: number = Number.MAX_SAFE_INTEGER;
}

@IgnoresUnknownFields()
export class MessagesQuery extends SliceQuery {
  @ApiPropertyOptional({ ...ID_RANGE, description: 'The `_id` of a message: those that came before it.' })
  @IsOptional()
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  before?: number;
}
