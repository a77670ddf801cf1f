import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { THUMBNAIL_SIZES, ThumbnailSize } from '@app/media';
import { InvalidInput, MAX_PAGE_SIZE } from '@app/platform';
import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { SIGNATURE_PARAMETER } from '../../../../transport/auth';
import { TextField } from '../../shapes/fields';

const ID = /^[1-9]\d{0,14}$/;
const SIGNATURE_MAX = 200;

/** For the documentation only: the file itself never is a value. */
@ApiSchema({ name: 'NewMedia' })
export class UploadDto {
  @ApiProperty({ type: 'string', format: 'binary', description: 'The file, with its name.', example: '…' })
  file: unknown;
}

export class MediaIdsQuery {
  @IsString()
  @TextField(`Ids of files, with commas between them; at most ${MAX_PAGE_SIZE}.`, { example: '17,18' })
  ids: string;
}

export class MediaQuery {
  @IsOptional()
  @IsIn(THUMBNAIL_SIZES)
  @ApiProperty({
    enum: THUMBNAIL_SIZES,
    required: false,
    description: 'A smaller copy of a picture, as WebP; the file itself if left out.',
    example: 'small',
  })
  size?: ThumbnailSize;

  @IsOptional()
  @IsString()
  @MaxLength(SIGNATURE_MAX)
  @TextField('Stands in a signed `url`, in place of the header.', { required: false, maxLength: SIGNATURE_MAX })
  [SIGNATURE_PARAMETER]?: string;
}

/** @throws InvalidInput */
export function mediaIdsOf({ ids }: MediaIdsQuery): number[] {
  const given = ids.split(',').map((id) => id.trim());
  if (given.length > MAX_PAGE_SIZE) {
    throw InvalidInput.field('ids', 'too_many', `ids: at most ${MAX_PAGE_SIZE}, ${given.length} given.`);
  }
  if (given.every((id) => ID.test(id))) return given.map(Number);
  throw InvalidInput.field('ids', 'invalid', 'ids: must be whole numbers from 1, with commas between them.');
}
