import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { Database, Ids } from '@app/database';
import { Actor, Clock, CommitOutcomeUnknown } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { findContentType, isProgram, isProgramName } from './content-type';
import { cleanFileName } from './file-name';
import { isPicture, isRecording, Media } from './media';
import { MediaTypeRefused } from './media.errors';
import { mediaOf } from './persistence/media.mapping';
import { MediaEntity } from './persistence/media.entity';
import { CLEANED } from './pictures/picture-limits';
import { Pictures } from './pictures/pictures';
import { MediaStorage } from './storage/media-storage';
import { measureFile, receiveFile } from './uploads/receive-file';
import { Allowance, UploadAllowance } from './uploads/upload-allowance';
import { UploadsUnderWay } from './uploads/uploads-under-way';

/** A file on its way to us. */
export interface NewFile {
  readonly filename: string;
  readonly content: Readable;
  /** What the sender announces, at least; 0 if nothing. */
  readonly expectedBytes?: number;
  /** True where a dialect takes no programs and scripts. */
  readonly refusesPrograms?: boolean;
  /** Resolves when the sender has said all there is to say; rejects if it broke off. */
  readonly complete?: () => Promise<void>;
  /** True if it counts against the quota already. */
  readonly isReserved?: boolean;
  /** What else is true or not as the file is: done in the transaction that stores it. What it throws prevents both. */
  readonly settle?: (tx: EntityManager, mediaId: number) => Promise<void>;
}

/** Stores a file: either all of it, with its row, or nothing is left. When the promise resolves it is on disk. */
@Injectable()
export class UploadMedia {
  private readonly logger = new Logger(UploadMedia.name);

  constructor(
    private readonly database: Database,
    private readonly ids: Ids,
    private readonly storage: MediaStorage,
    private readonly pictures: Pictures,
    private readonly allowances: UploadAllowance,
    private readonly underWay: UploadsUnderWay,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws MediaTooLarge, MediaQuotaExceeded, MediaTypeRefused, PictureTooLarge, PictureUnreadable, ServiceBusy,
   *   and what `file.content`, `file.complete` and `file.settle` fail with
   */
  async execute(actor: Actor, file: NewFile): Promise<Media> {
    if (file.refusesPrograms && isProgramName(cleanFileName(file.filename))) throw new MediaTypeRefused();
    const allowance = file.isReserved
      ? this.allowances.beginReserved()
      : await this.allowances.begin(actor.userId, file.expectedBytes ?? 0);
    try {
      const mediaId = (await this.ids.claim('media', 1))[0] ?? NaN;
      return await this.underWay.during(mediaId, () => this.store(actor, mediaId, file, allowance));
    } finally {
      allowance.end();
    }
  }

  private async store(actor: Actor, mediaId: number, file: NewFile, allowance: Allowance): Promise<Media> {
    const row = await this.receive(actor, mediaId, file, allowance);
    try {
      await this.database.transaction(async (tx) => {
        await file.settle?.(tx, mediaId);
        await this.allowances.requireRoom(tx, actor.userId, row.size);
        await tx.insert(MediaEntity, row);
      });
    } catch (error) {
      // Where nobody knows whether there is a row, the sweeper asks later.
      if (!(error instanceof CommitOutcomeUnknown)) await this.discard(mediaId);
      throw error;
    }
    await this.publish(mediaId);
    return mediaOf(row);
  }

  /** @returns the row to come; its bytes are on disk, and gone again if this throws */
  private async receive(actor: Actor, mediaId: number, file: NewFile, allowance: Allowance): Promise<MediaEntity> {
    try {
      const folder = await this.storage.prepare(mediaId);
      const path = join(folder, 'original');
      const received = await receiveFile(file.content, path, (bytes) => allowance.take(bytes));
      await file.complete?.();
      const contentType = await findContentType(path);
      if (file.refusesPrograms && (await isProgram(path, contentType))) throw new MediaTypeRefused();
      const picture = isPicture(contentType) ? await this.pictures.prepare(folder, contentType) : undefined;
      if (picture?.isCleaned) await rename(join(folder, CLEANED), path);
      const durationMs = isRecording(contentType) ? await this.pictures.findDuration(path) : null;
      await this.storage.stage(mediaId);
      return {
        id: mediaId,
        uploaderId: actor.userId,
        filename: cleanFileName(file.filename),
        contentType,
        ...(picture?.isCleaned ? await measureFile(path) : received),
        width: picture?.width ?? null,
        height: picture?.height ?? null,
        durationMs,
        placeholder: picture?.placeholder ?? null,
        createdAt: this.clock.now(),
        attachedAt: null,
      };
    } catch (error) {
      await this.discard(mediaId);
      throw error;
    }
  }

  /** The file is safe, and the row says that it exists: nothing that fails from here on takes that back. */
  private async publish(mediaId: number): Promise<void> {
    try {
      await this.storage.publish(mediaId);
    } catch (error) {
      this.logger.warn({ err: error, mediaId }, 'an upload could not be published; the sweeper will');
    }
  }

  private async discard(mediaId: number): Promise<void> {
    try {
      await this.storage.discard(mediaId);
    } catch (error) {
      this.logger.warn({ err: error, mediaId }, 'an upload could not be thrown away; the sweeper will');
    }
  }
}
