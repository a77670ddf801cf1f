import { randomBytes } from 'node:crypto';

/** From its beginning, until it is unfinished no more; and again as long after that, for those who did not hear the answer. */
export const UPLOAD_LIFETIME_MS = 24 * 60 * 60_000;
/** Unfinished ones of one user. */
export const MAX_UNFINISHED_UPLOADS = 20;
export const UPLOAD_NOTE_MAX_CHARACTERS = 4096;

const ID_BYTES = 16;
const ID = /^[0-9a-f]{32}$/;

/** A file that comes in parts, and whose sender may lose the connection between them. */
export interface ResumableUpload {
  /** Nobody guesses it; and yet it opens nothing to anybody but its uploader. */
  readonly id: string;
  /** Bytes of the whole file, as announced. */
  readonly size: number;
  /** Bytes that are here, from the first without a hole. */
  readonly offset: number;
  readonly filename: string;
  /** What the client wants to be told of it, as it came. */
  readonly note: string;
  readonly expiresAt: Date;
  /** What it has become; null: not yet. */
  readonly mediaId: number | null;
}

export function newUploadId(): string {
  return randomBytes(ID_BYTES).toString('hex');
}

export function isUploadId(given: string): boolean {
  return ID.test(given);
}
