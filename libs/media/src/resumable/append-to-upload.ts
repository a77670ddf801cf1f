import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { PartialFiles } from '../storage/partial-files';
import { UploadAllowance } from '../uploads/upload-allowance';
import { GetUpload } from './get-upload';
import { UploadOffsetWrong } from './resumable.errors';

/** Takes a part. Whoever calls holds the upload ({@link UploadLocks}). */
@Injectable()
export class AppendToUpload {
  constructor(
    private readonly getUpload: GetUpload,
    private readonly files: PartialFiles,
    private readonly allowances: UploadAllowance,
  ) {}

  /**
   * What comes stays, also if `content` breaks off.
   * @returns the new offset
   * @throws UploadNotFound, UploadOffsetWrong, UploadTooLong, ServiceBusy, and what `content` fails with
   */
  async execute(actor: Actor, uploadId: string, offset: number, content: Readable): Promise<number> {
    const upload = await this.getUpload.execute(actor, uploadId);
    if (upload.offset !== offset) throw new UploadOffsetWrong();
    if (offset === upload.size) return offset;
    const leave = this.allowances.enter();
    try {
      return await this.files.write(uploadId, offset, upload.size, content);
    } finally {
      leave();
    }
  }
}
