import { DomainError } from '@app/platform';
import { MEDIA_PER_MESSAGE } from './media';
import { MAX_MEGAPIXELS } from './pictures/picture-limits';

/** No such file, or none that the actor may know of. */
export class MediaNotFound extends DomainError {
  constructor() {
    super('not_found', 'media.not_found', 'There is no such file, or it was not sent to you.');
  }
}

export class ThumbnailNotFound extends DomainError {
  constructor() {
    super('not_found', 'media.no_thumbnail', 'Only pictures come in smaller sizes.');
  }
}

export class MediaTooLarge extends DomainError {
  constructor(maxBytes: number) {
    super('too_large', 'media.too_large', `file: may have at most ${maxBytes} bytes.`);
  }
}

export class MediaQuotaExceeded extends DomainError {
  constructor(quotaBytes: number) {
    super(
      'too_large',
      'media.quota_exceeded',
      `file: all your files together may have at most ${quotaBytes} bytes; delete messages with files to make room.`,
    );
  }
}

export class PictureTooLarge extends DomainError {
  constructor() {
    const detail = `file: a picture may have at most ${MAX_MEGAPIXELS} megapixels.`;
    super('invalid', 'media.picture_too_large', detail, { fields: [{ path: 'file', code: 'too_large', detail }] });
  }
}

/** It begins like a picture, and then can't be read as one within the limits of time and memory. */
export class PictureUnreadable extends DomainError {
  constructor() {
    const detail = 'file: begins like a picture, but can not be read as one.';
    super('invalid', 'media.picture_unreadable', detail, { fields: [{ path: 'file', code: 'unreadable', detail }] });
  }
}

/** Programs and scripts, where a dialect does not take them. */
export class MediaTypeRefused extends DomainError {
  constructor() {
    super('unsupported_media_type', 'media.type_refused', 'file: programs and scripts are not allowed.');
  }
}

/** `media_ids` that are not files of the sender's own. */
export class MediaIdsInvalid extends DomainError {
  /** @param given the ids as they were given @param known those that are the sender's */
  constructor(given: readonly number[], known: ReadonlySet<number>) {
    const fields = given.flatMap((mediaId, index) => {
      const path = `media_ids.${index}`;
      const detail = `${path}: you have uploaded no file ${mediaId}, or it was swept because no message used it.`;
      return known.has(mediaId) ? [] : [{ path, code: 'not_found', detail }];
    });
    super('invalid', 'media.ids_invalid', fields.map(({ detail }) => detail).join(' '), { fields });
  }
}

export class TooManyMedia extends DomainError {
  constructor(given: number) {
    const detail = `media_ids: at most ${MEDIA_PER_MESSAGE} files, each once; ${given} given.`;
    super('invalid', 'media.too_many', detail, { fields: [{ path: 'media_ids', code: 'too_many', detail }] });
  }
}

/** A link that was made up, has expired, or whose log-in is over. */
export class MediaLinkInvalid extends DomainError {
  constructor() {
    super('unauthenticated', 'media.link_invalid', 'The link has expired; ask for the file again to get a new one.');
  }
}

/** The file is not where it should be: the storage is damaged, or not there. */
export class MediaFileMissing extends DomainError {
  constructor(mediaId: number, cause?: unknown) {
    super('unavailable', 'media.file_missing', `File ${mediaId} can not be read at the moment.`, {
      retryAfterSeconds: 5,
      cause,
    });
  }
}
