import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import type { Actor } from '@app/platform';
import { MediaUploadEntity } from '../persistence/media-upload.entity';
import { PartialFiles } from '../storage/partial-files';
import { GetUpload } from './get-upload';

/** Forgets an upload and what came of it. A file that it has become stays. */
@Injectable()
export class GiveUpUpload {
  constructor(
    private readonly database: Database,
    private readonly getUpload: GetUpload,
    private readonly files: PartialFiles,
  ) {}

  /** @throws UploadNotFound */
  async execute(actor: Actor, uploadId: string): Promise<void> {
    await this.getUpload.execute(actor, uploadId);
    await this.database.transaction((tx) => tx.delete(MediaUploadEntity, { id: uploadId }));
    await this.files.remove(uploadId);
  }
}
