import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { UserEntity } from '@app/users';
import { EntityManager, In, IsNull, LessThan } from 'typeorm';
import { MediaAttachmentEntity } from './media-attachment.entity';
import { MediaEntity } from './media.entity';

/** Reads and stores what is known of files. */
@Injectable()
export class MediaRepository {
  constructor(private readonly database: Database) {}

  async findByIds(mediaIds: readonly number[], view?: EntityManager): Promise<Map<number, MediaEntity>> {
    if (mediaIds.length === 0) return new Map();
    const rows = await (view ?? this.database.reads).findBy(MediaEntity, { id: In([...mediaIds]) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Keeps them as they are until the transaction ends. In the order of their ids, so that two can't wait for each other. */
  async lock(tx: EntityManager, mediaIds: readonly number[]): Promise<Map<number, MediaEntity>> {
    if (mediaIds.length === 0) return new Map();
    const where = { id: In([...new Set(mediaIds)]) };
    const rows = await tx.find(MediaEntity, { where, order: { id: 'ASC' }, ...this.database.forUpdate });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Those of these files that were sent to a chat that `userId` is in now. */
  async findSentTo(userId: number, mediaIds: readonly number[]): Promise<Set<number>> {
    if (mediaIds.length === 0) return new Set();
    const rows: { media_id: number | string }[] = await this.database.reads.query(
      `SELECT DISTINCT a.media_id AS media_id
         FROM media_attachments a JOIN chat_participants p ON p.chat_id = a.chat_id AND p.user_id = ?
        WHERE a.media_id IN (${mediaIds.map(() => '?').join(', ')})`,
      [userId, ...mediaIds],
    );
    return new Set(rows.map((row) => Number(row.media_id)));
  }

  /** Bytes of everything that the user has stored. Summed anew each time, so that it can't drift. */
  async sumSizes(userId: number, view: EntityManager = this.database.reads): Promise<number> {
    return (await view.sum(MediaEntity, 'size', { uploaderId: userId })) ?? 0;
  }

  /** Lets uploads of one user end one after the other. */
  async lockUploader(tx: EntityManager, userId: number): Promise<void> {
    await tx.findOne(UserEntity, { select: { id: true }, where: { id: userId }, ...this.database.forUpdate });
  }

  /** Files that no message has ever used, uploaded before `moment`. */
  async findUnattached(moment: Date, limit: number): Promise<number[]> {
    const rows = await this.database.reads.find(MediaEntity, {
      select: { id: true },
      where: { attachedAt: IsNull(), createdAt: LessThan(moment) },
      take: limit,
    });
    return rows.map(({ id }) => id);
  }

  /** The files of each message, in order; messages without any are missing. */
  async findAttachments(
    messageIds: readonly number[],
    view: EntityManager = this.database.reads,
  ): Promise<MediaAttachmentEntity[]> {
    if (messageIds.length === 0) return [];
    const where = { messageId: In([...messageIds]) };
    return view.find(MediaAttachmentEntity, { where, order: { messageId: 'ASC', position: 'ASC' } });
  }
}
