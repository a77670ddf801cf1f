import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { Media, ResumableUpload } from '@app/media';
import { CountField, TextField, TimeField } from './fields';
import { MediaWire, mediaToWire, UrlOf } from './media.shape';

@ApiSchema({ name: 'ResumableUpload', description: 'A file that comes in parts.' })
export class ResumableUploadWire {
  @TextField('Names the upload.', { example: '5f0c3a9e8d7b41c2a6e09f1b2d3c4e5f' })
  id: string;

  @CountField('Bytes of the whole file.', { example: 204_800 })
  size: number;

  @CountField('Bytes that are here: the next part begins there.', { example: 102_400 })
  offset: number;

  @TimeField('When it is forgotten.')
  expires_at: string;

  @ApiProperty({
    type: () => MediaWire,
    nullable: true,
    description: 'The file, once all of it is here.',
    example: null,
  })
  media: MediaWire | null;
}

export function uploadToWire(upload: ResumableUpload, media: Media | null, urlOf: UrlOf): ResumableUploadWire {
  const { id, size, offset, expiresAt } = upload;
  return { id, size, offset, expires_at: expiresAt.toISOString(), media: media && mediaToWire(media, urlOf) };
}
