import { DomainError } from '@app/platform';
import { MAX_UNFINISHED_UPLOADS } from './resumable-upload';

/** No such upload, an expired one, or another person's. */
export class UploadNotFound extends DomainError {
  constructor() {
    super('not_found', 'media.upload_not_found', 'There is no such upload of yours, or it has expired; begin it anew.');
  }
}

export class TooManyUploads extends DomainError {
  constructor() {
    const sentence = `You have ${MAX_UNFINISHED_UPLOADS} unfinished uploads already; finish or delete one of them.`;
    super('conflict', 'media.too_many_uploads', sentence);
  }
}

/** Another request is sending parts of the same upload, and could not be stopped. */
export class UploadInUse extends DomainError {
  constructor() {
    const sentence = 'Another request sends parts of this upload; ask for its offset and go on from there.';
    super('conflict', 'media.upload_in_use', sentence, { retryAfterSeconds: 1 });
  }
}

/** The part does not begin where the last one ended. */
export class UploadOffsetWrong extends DomainError {
  constructor() {
    const sentence = 'Upload-Offset: is not how many bytes are here; ask for the offset and go on from there.';
    super('conflict', 'media.upload_offset_wrong', sentence);
  }
}

export class UploadTooLong extends DomainError {
  constructor() {
    super('too_large', 'media.upload_too_long', 'More bytes were sent than the upload was announced with.');
  }
}
