import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { Actor, Clock, InvalidInput } from '@app/platform';
import { cleanFileName } from '../file-name';
import { MediaUploadEntity } from '../persistence/media-upload.entity';
import { MediaUploadsRepository } from '../persistence/media-uploads.repository';
import { UploadAllowance } from '../uploads/upload-allowance';
import {
  MAX_UNFINISHED_UPLOADS,
  newUploadId,
  UPLOAD_LIFETIME_MS,
  UPLOAD_NOTE_MAX_CHARACTERS,
} from './resumable-upload';
import { TooManyUploads } from './resumable.errors';

export interface AnnouncedFile {
  readonly filename: string;
  /** Bytes of the whole. */
  readonly size: number;
  /** What the client wants to be told of it later. */
  readonly note: string;
}

/** Makes room for a file that will come in parts: what is announced counts as if it were here. */
@Injectable()
export class BeginUpload {
  constructor(
    private readonly database: Database,
    private readonly uploads: MediaUploadsRepository,
    private readonly allowances: UploadAllowance,
    private readonly clock: Clock,
  ) {}

  /** @returns its id. @throws MediaTooLarge, MediaQuotaExceeded, TooManyUploads, InvalidInput */
  async execute({ userId }: Actor, { filename, size, note }: AnnouncedFile): Promise<string> {
    if (note.length > UPLOAD_NOTE_MAX_CHARACTERS) throw noteTooLong(note.length);
    this.allowances.requireAllowedSize(size);
    const row: MediaUploadEntity = {
      id: newUploadId(),
      uploaderId: userId,
      size,
      filename: cleanFileName(filename),
      note,
      expiresAt: new Date(this.clock.now().getTime() + UPLOAD_LIFETIME_MS),
      mediaId: null,
      holder: null,
      heldUntil: null,
      isWanted: false,
    };
    await this.database.transaction(async (tx) => {
      await this.allowances.requireRoom(tx, userId, size);
      if ((await this.uploads.countUnfinished(userId, tx)) >= MAX_UNFINISHED_UPLOADS) throw new TooManyUploads();
      await tx.insert(MediaUploadEntity, row);
    });
    return row.id;
  }
}

function noteTooLong(given: number): InvalidInput {
  const detail = `Upload-Metadata: may have at most ${UPLOAD_NOTE_MAX_CHARACTERS} characters, ${given} given.`;
  return InvalidInput.field('Upload-Metadata', 'too_long', detail);
}
