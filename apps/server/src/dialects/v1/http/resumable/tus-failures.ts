import { ERRORS } from '@tus/server';
import { MediaTooLarge, UploadInUse, UploadNotFound, UploadOffsetWrong, UploadTooLong } from '@app/media';
import { DomainError, InvalidInput } from '@app/platform';
import { UnsupportedMediaType } from '../../../../transport/errors';

/** Another version of the protocol, or none. */
export class TusVersionWrong extends DomainError {
  constructor() {
    const sentence = 'Tus-Resumable: must be 1.0.0, the version of the protocol that is spoken here.';
    super('precondition_failed', 'media.tus_version_wrong', sentence);
  }
}

const badHeader = (name: string, code: string, detail: string) => () =>
  InvalidInput.field(name, code, `${name}: ${detail}`);

type Naming = (maxBytes: number) => DomainError;

/** What the protocol's handlers refuse by themselves, in our words. */
const NAMES = new Map<object, Naming>([
  [ERRORS.MISSING_OFFSET, badHeader('Upload-Offset', 'required', 'is required.')],
  [ERRORS.INVALID_CONTENT_TYPE, () => new UnsupportedMediaType(['application/offset+octet-stream'])],
  [ERRORS.ABORTED, () => new UploadInUse()],
  [ERRORS.FILE_NOT_FOUND, () => new UploadNotFound()],
  [ERRORS.FILE_NO_LONGER_EXISTS, () => new UploadNotFound()],
  [ERRORS.INVALID_OFFSET, () => new UploadOffsetWrong()],
  [ERRORS.ERR_SIZE_EXCEEDED, () => new UploadTooLong()],
  [ERRORS.ERR_MAX_SIZE_EXCEEDED, (maxBytes) => new MediaTooLarge(maxBytes)],
  [ERRORS.INVALID_LENGTH, badHeader('Upload-Length', 'required', 'is required, and can not be deferred.')],
  [ERRORS.INVALID_METADATA, badHeader('Upload-Metadata', 'invalid', 'is not what the protocol asks for.')],
  [ERRORS.UNSUPPORTED_CONCATENATION_EXTENSION, badHeader('Upload-Concat', 'not_supported', 'is not supported.')],
  [
    ERRORS.UNSUPPORTED_CREATION_DEFER_LENGTH_EXTENSION,
    badHeader('Upload-Length', 'required', 'is required, and can not be deferred.'),
  ],
]);

/** @returns what it means, or what was given if it is none of the handlers' own */
export function nameFailure(error: Error | object, maxBytes: number): Error {
  const naming = NAMES.get(error);
  if (naming) return naming(maxBytes);
  // The stream's own guard, which throws an error and not one of the above.
  if (error.constructor.name === 'MaxFileExceededError') return new UploadTooLong();
  return error instanceof Error ? error : new Error('an upload failed', { cause: error });
}

/** Headers whose values are no such values: the handlers name them in a sentence, `Invalid upload-length upload-metadata`. */
export function nameBadHeaders(sentence: string): DomainError {
  const names = sentence.trim().split(' ').slice(1);
  if (names.includes('content-type')) return new UnsupportedMediaType(['application/offset+octet-stream']);
  return new InvalidInput(
    names.map((path) => ({ path, code: 'invalid', detail: `${path}: is not what the protocol asks for.` })),
  );
}
