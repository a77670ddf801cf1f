import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { MediaUploadsRepository } from '../persistence/media-uploads.repository';
import { PartialFiles } from '../storage/partial-files';
import { isUploadId, ResumableUpload } from './resumable-upload';
import { UploadNotFound } from './resumable.errors';

/** How far an upload of the actor's own has come. */
@Injectable()
export class GetUpload {
  constructor(
    private readonly uploads: MediaUploadsRepository,
    private readonly files: PartialFiles,
  ) {}

  /** @throws UploadNotFound */
  async execute({ userId }: Actor, uploadId: string): Promise<ResumableUpload> {
    const row = isUploadId(uploadId) ? await this.uploads.findOwn(userId, uploadId) : null;
    if (!row) throw new UploadNotFound();
    const { id, size, filename, note, expiresAt, mediaId } = row;
    const offset = mediaId === null ? Math.min(size, await this.files.measure(id)) : size;
    return { id, size, offset, filename, note, expiresAt, mediaId };
  }
}
