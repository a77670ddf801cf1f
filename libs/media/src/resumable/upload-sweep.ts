import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { In } from 'typeorm';
import { MediaUploadEntity } from '../persistence/media-upload.entity';
import { MediaUploadsRepository } from '../persistence/media-uploads.repository';
import { PartialFiles } from '../storage/partial-files';

const BATCH_SIZE = 100;

/** Removes uploads that have expired, and bytes that no upload wants: those of finished ones, or left over by a crash. */
@Injectable()
export class UploadSweep {
  constructor(
    private readonly database: Database,
    private readonly uploads: MediaUploadsRepository,
    private readonly files: PartialFiles,
  ) {}

  async run(): Promise<void> {
    while ((await this.forgetExpired()) === BATCH_SIZE);
    // In this order: bytes come after the row, so those that are there without one are left over.
    const uploadIds = await this.files.list();
    for (let start = 0; start < uploadIds.length; start += BATCH_SIZE) {
      await this.removeUnwanted(uploadIds.slice(start, start + BATCH_SIZE));
    }
  }

  private async forgetExpired(): Promise<number> {
    const uploadIds = await this.uploads.findExpired(BATCH_SIZE);
    if (uploadIds.length > 0) {
      await this.database.transaction((tx) => tx.delete(MediaUploadEntity, { id: In(uploadIds) }));
    }
    return uploadIds.length;
  }

  private async removeUnwanted(uploadIds: readonly string[]): Promise<void> {
    const wanted = await this.uploads.findUnfinished(uploadIds);
    for (const uploadId of uploadIds) if (!wanted.has(uploadId)) await this.files.remove(uploadId);
  }
}
