import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Actor, Clock, DomainError } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { GetMedia } from '../get-media';
import type { Media } from '../media';
import { MediaNotFound } from '../media.errors';
import { MediaUploadEntity } from '../persistence/media-upload.entity';
import { MediaUploadsRepository } from '../persistence/media-uploads.repository';
import { PartialFiles } from '../storage/partial-files';
import { UploadMedia } from '../upload-media';
import { GetUpload } from './get-upload';
import { GiveUpUpload } from './give-up-upload';
import { ResumableUpload, UPLOAD_LIFETIME_MS } from './resumable-upload';
import { UploadNotFound } from './resumable.errors';

/** What is wrong with the file, and would be the next time, too. */
const FINAL: readonly DomainError['kind'][] = ['invalid', 'too_large', 'unsupported_media_type'];

/**
 * Makes a file of an upload whose bytes are all here, by the ordinary upload: they are read, looked at and written once more.
 * The transaction that stores the file also notes it with the upload; so it becomes one file, however often and on however
 * many nodes this is tried, and whenever the process dies.
 */
@Injectable()
export class FinishUpload {
  /** Tried at once on one node, it is tried once. */
  private readonly running = new Map<string, Promise<Media>>();

  constructor(
    private readonly uploads: MediaUploadsRepository,
    private readonly files: PartialFiles,
    private readonly getUpload: GetUpload,
    private readonly getMedia: GetMedia,
    private readonly uploadMedia: UploadMedia,
    private readonly giveUp: GiveUpUpload,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the file, the same each time; null while bytes are missing
   * @throws UploadNotFound (also if the file was removed since), and what `UploadMedia` throws. Of an upload whose file is refused
   *   nothing is left.
   */
  async execute(actor: Actor, uploadId: string): Promise<Media | null> {
    const upload = await this.getUpload.execute(actor, uploadId);
    if (upload.mediaId !== null) return this.getFile(actor, upload.mediaId);
    if (upload.offset < upload.size) return null;
    const running = this.running.get(uploadId) ?? this.start(actor, upload);
    return running;
  }

  private start(actor: Actor, upload: ResumableUpload): Promise<Media> {
    const work = this.finish(actor, upload).finally(() => this.running.delete(upload.id));
    this.running.set(upload.id, work);
    return work;
  }

  private async finish(actor: Actor, upload: ResumableUpload): Promise<Media> {
    try {
      const media = await this.store(actor, upload);
      await this.files.remove(upload.id);
      return media;
    } catch (error) {
      const { mediaId } = await this.getUpload.execute(actor, upload.id);
      if (mediaId !== null) return this.getFile(actor, mediaId);
      if (error instanceof DomainError && FINAL.includes(error.kind)) await this.giveUp.execute(actor, upload.id);
      throw error;
    }
  }

  private async store(actor: Actor, { id, size, filename }: ResumableUpload): Promise<Media> {
    const content = size === 0 ? Readable.from([]) : await this.files.open(id);
    try {
      const settle = (tx: EntityManager, mediaId: number) => this.note(tx, id, mediaId);
      return await this.uploadMedia.execute(actor, { filename, content, isReserved: true, settle });
    } finally {
      content.destroy();
    }
  }

  /** @throws UploadNotFound if it was given up, or is finished */
  private async note(tx: EntityManager, uploadId: string, mediaId: number): Promise<void> {
    const row = await this.uploads.lock(tx, uploadId);
    if (row?.mediaId !== null) throw new UploadNotFound();
    const expiresAt = new Date(this.clock.now().getTime() + UPLOAD_LIFETIME_MS);
    await tx.update(MediaUploadEntity, { id: uploadId }, { mediaId, expiresAt });
  }

  private async getFile(actor: Actor, mediaId: number): Promise<Media> {
    try {
      const [media] = (await this.getMedia.execute(actor, [mediaId])) as [Media];
      return media;
    } catch (error) {
      throw error instanceof MediaNotFound ? new UploadNotFound() : error;
    }
  }
}
