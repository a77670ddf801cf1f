import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { DEFAULT_PAGE_SIZE, MAX_PAGE, MAX_PAGE_SIZE } from '@app/platform';
import { PageQuery, ToInteger } from '../../../../transport/validation';
import { MAX_CHANGES } from '../../shapes/changes.shape';
import { CountField, IdField, TextField } from '../../shapes/fields';
import { IsId, IsSeq } from './rules';

export class SearchQuery extends PageQuery {
  @IsString()
  @TextField('How the username or the full name begins.', { minLength: 1, maxLength: 50, example: 'joh' })
  q: string;
}

/** One of `page`, `before` and `after`; see `cursorOf`. */
export class HistoryQuery {
  @IsOptional()
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE)
  @CountField('Which page, from 1, counted from the newest message.', {
    required: false,
    minimum: 1,
    maximum: MAX_PAGE,
    example: 1,
  })
  page?: number;

  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_SIZE)
  @CountField('How many messages to give at most.', {
    required: false,
    minimum: 1,
    maximum: MAX_PAGE_SIZE,
    default: DEFAULT_PAGE_SIZE,
    example: DEFAULT_PAGE_SIZE,
  })
  limit: number = DEFAULT_PAGE_SIZE;

  @IsOptional()
  @ToInteger()
  @IsSeq()
  @CountField('Messages with a smaller `seq`, newest first.', { required: false, example: undefined })
  before?: number;

  @IsOptional()
  @ToInteger()
  @IsSeq()
  @CountField('Messages with a greater `seq`, oldest first.', { required: false, example: undefined })
  after?: number;
}

export class ChangesQuery {
  @ToInteger()
  @IsSeq()
  @CountField('The `seq` of the last change that the client has; 0 for all.', { required: false, default: 0 })
  after: number = 0;

  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(MAX_CHANGES)
  @CountField('How many changes to give at most.', {
    required: false,
    minimum: 1,
    maximum: MAX_CHANGES,
    default: MAX_CHANGES,
    example: MAX_CHANGES,
  })
  limit: number = MAX_CHANGES;
}

export class RemoveParticipantQuery {
  @IsOptional()
  @ToInteger()
  @IsId()
  @IdField('Who is to go. May stand in the body instead.', { required: false, example: 789 })
  user_id?: number;
}
