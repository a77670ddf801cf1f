import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { Clock } from '@app/platform';
import { EntityManager, In, IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import { MediaUploadEntity } from './media-upload.entity';

/** Reads what is known of uploads that come in parts. */
@Injectable()
export class MediaUploadsRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Unless it has expired. */
  findOwn(uploaderId: number, uploadId: string): Promise<MediaUploadEntity | null> {
    const where = { id: uploadId, uploaderId, expiresAt: MoreThan(this.clock.now()) };
    return this.database.reads.findOneBy(MediaUploadEntity, where);
  }

  /** Keeps it as it is until the transaction ends. */
  lock(tx: EntityManager, uploadId: string): Promise<MediaUploadEntity | null> {
    return tx.findOne(MediaUploadEntity, { where: { id: uploadId }, ...this.database.forUpdate });
  }

  countUnfinished(uploaderId: number, view: EntityManager): Promise<number> {
    return view.countBy(MediaUploadEntity, this.unfinishedOf(uploaderId));
  }

  /** Bytes that the user has announced and not yet brought to an end. */
  async sumAnnounced(uploaderId: number, view: EntityManager = this.database.reads): Promise<number> {
    return (await view.sum(MediaUploadEntity, 'size', this.unfinishedOf(uploaderId))) ?? 0;
  }

  async findExpired(limit: number): Promise<string[]> {
    const where = { expiresAt: LessThanOrEqual(this.clock.now()) };
    const rows = await this.database.reads.find(MediaUploadEntity, { select: { id: true }, where, take: limit });
    return rows.map(({ id }) => id);
  }

  /** Those of these that still want their bytes. */
  async findUnfinished(uploadIds: readonly string[]): Promise<Set<string>> {
    const where = { id: In([...uploadIds]), mediaId: IsNull() };
    const rows = await this.database.reads.find(MediaUploadEntity, { select: { id: true }, where });
    return new Set(rows.map(({ id }) => id));
  }

  private unfinishedOf(uploaderId: number) {
    return { uploaderId, mediaId: IsNull(), expiresAt: MoreThan(this.clock.now()) };
  }
}
