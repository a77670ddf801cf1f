import { Injectable } from '@nestjs/common';
import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { FILENAME_MAX_CHARACTERS, Media, MediaLinks, THUMBNAIL_PIXELS } from '@app/media';
import type { Actor } from '@app/platform';
import { SIGNATURE_PARAMETER } from '../../../transport/auth';
import { mediaPath } from '../../../transport/http/media-links';
import { CountField, IdField, TextField } from './fields';

const PICTURES_ONLY = 'Only of pictures that have thumbnails; null otherwise.';

@ApiSchema({
  name: 'Media',
  description:
    `A file. Pictures can be had smaller with \`size=small\` or \`size=medium\` in the query of \`url\`: WebP of at most ` +
    `${THUMBNAIL_PIXELS.small} and ${THUMBNAIL_PIXELS.medium} pixels on the longer side.`,
})
export class MediaWire {
  @IdField('Names the file.', { example: 17 })
  id: number;

  @TextField(
    'Where it is found. In answers it is signed for me and opens without a header, for `<img>` and `<video>`, for an hour and ' +
      'as long as I may have the file. On sockets and in the changes feed, which are the same for all, it has no signature: ' +
      'send the header, or ask `GET /api/v1/media?ids=` for signed ones.',
    { format: 'uri-reference', example: '/api/v1/media/17/sunset.jpg?signature=789.6f1c.1795248000.k3jq' },
  )
  url: string;

  @TextField('What to save it as: no path, no control characters.', {
    maxLength: FILENAME_MAX_CHARACTERS,
    example: 'sunset.jpg',
  })
  filename: string;

  @TextField('Found from its bytes.', { example: 'image/jpeg' })
  content_type: string;

  @CountField('Bytes.', { example: 204_800 })
  size: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    minimum: 1,
    example: 1600,
    description: `Pixels, as it is to be shown. ${PICTURES_ONLY}`,
  })
  width: number | null;

  @ApiProperty({ type: 'integer', nullable: true, minimum: 1, example: 1200, description: `Pixels. ${PICTURES_ONLY}` })
  height: number | null;

  @ApiProperty({
    type: 'number',
    nullable: true,
    minimum: 0,
    example: null,
    description: 'Seconds, of sound and video that tell it; null otherwise.',
  })
  duration: number | null;

  @TextField(
    `What to show while it loads: a [ThumbHash](https://evanw.github.io/thumbhash/) in base64. ${PICTURES_ONLY}`,
    {
      nullable: true,
      example: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
    },
  )
  placeholder: string | null;
}

const EXAMPLE: MediaWire = {
  id: 17,
  url: '/api/v1/media/17/sunset.jpg?signature=789.6f1c.1795248000.k3jq',
  filename: 'sunset.jpg',
  content_type: 'image/jpeg',
  size: 204_800,
  width: 1600,
  height: 1200,
  duration: null,
  placeholder: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
};

@ApiSchema({ name: 'MediaList' })
export class MediaListWire {
  @ApiProperty({ type: [MediaWire], description: 'In the order in which they were asked for.', example: [EXAMPLE] })
  items: MediaWire[];
}

/** How the address of a file is written. */
export type UrlOf = (media: Media) => string;

/** The same for everybody: opens with a token. */
export const plainUrlOf: UrlOf = ({ id, filename }) => mediaPath(id, filename);

export function mediaToWire(media: Media, urlOf: UrlOf): MediaWire {
  const { id, filename, contentType, size, width, height, durationMs, placeholder } = media;
  const duration = durationMs === null ? null : durationMs / 1000;
  return { id, url: urlOf(media), filename, content_type: contentType, size, width, height, duration, placeholder };
}

/** Writes addresses that open for one user, without a header. */
@Injectable()
export class MediaUrls {
  constructor(private readonly links: MediaLinks) {}

  signedFor(actor: Actor): UrlOf {
    return (media) => `${plainUrlOf(media)}?${SIGNATURE_PARAMETER}=${this.links.sign(media.id, actor)}`;
  }
}
