import { Injectable } from '@nestjs/common';
import { Clock } from '@app/platform';
import { EntityManager, In, IsNull } from 'typeorm';
import { MEDIA_PER_MESSAGE, Media } from './media';
import { TooManyMedia } from './media.errors';
import { MediaRemovals } from './media-removals';
import { MediaAttachmentEntity } from './persistence/media-attachment.entity';
import { mediaOf } from './persistence/media.mapping';
import { MediaEntity } from './persistence/media.entity';
import { MediaRepository } from './persistence/media.repository';

/** @throws TooManyMedia */
export function checkMediaIds(mediaIds: readonly number[]): void {
  if (mediaIds.length === 0) return;
  const isListedTwice = new Set(mediaIds).size < mediaIds.length;
  if (mediaIds.length > MEDIA_PER_MESSAGE || isListedTwice) throw new TooManyMedia(mediaIds.length);
}

/** Which message brings which files: what the messages' library asks of this one, in its own transactions. */
@Injectable()
export class MediaAttachments {
  constructor(
    private readonly media: MediaRepository,
    private readonly removals: MediaRemovals,
    private readonly clock: Clock,
  ) {}

  /** Files that are about to be attached; they stay until the transaction ends. Those that are not there are missing. */
  async hold(tx: EntityManager, mediaIds: readonly number[]): Promise<ReadonlyMap<number, Media>> {
    return mediaByIds(await this.media.lock(tx, mediaIds));
  }

  async attach(
    tx: EntityManager,
    messages: readonly { readonly id: number; readonly chatId: number; readonly media: readonly Media[] }[],
  ): Promise<void> {
    const rows = messages.flatMap(({ id: messageId, chatId, media }) =>
      media.map((one, position): MediaAttachmentEntity => ({ messageId, position, mediaId: one.id, chatId })),
    );
    if (rows.length === 0) return;
    await tx.insert(MediaAttachmentEntity, rows);
    const mediaIds = [...new Set(rows.map(({ mediaId }) => mediaId))];
    await tx.update(MediaEntity, { id: In(mediaIds), attachedAt: IsNull() }, { attachedAt: this.clock.now() });
  }

  /** Takes the files from messages that are deleted; those that no other message brings are removed after the commit. */
  async detach(tx: EntityManager, messageIds: readonly number[]): Promise<void> {
    const attachments = await this.media.findAttachments(messageIds, tx);
    if (attachments.length === 0) return;
    const mediaIds = [...new Set(attachments.map(({ mediaId }) => mediaId))];
    // Whoever attaches one of them waits, and then finds it gone or still in use.
    await this.media.lock(tx, mediaIds);
    await tx.delete(MediaAttachmentEntity, { messageId: In([...messageIds]) });
    const others = await tx.find(MediaAttachmentEntity, {
      select: { mediaId: true },
      where: { mediaId: In(mediaIds) },
    });
    const inUse = new Set(others.map(({ mediaId }) => mediaId));
    await this.removals.request(
      tx,
      mediaIds.filter((mediaId) => !inUse.has(mediaId)),
    );
  }

  /** The files of each message, in order; messages without any are missing. */
  async findOfMessages(messageIds: readonly number[], view?: EntityManager): Promise<Map<number, Media[]>> {
    const attachments = await this.media.findAttachments(messageIds, view);
    const mediaIds = [...new Set(attachments.map(({ mediaId }) => mediaId))];
    const found = mediaByIds(await this.media.findByIds(mediaIds, view));
    const files = Map.groupBy(attachments, ({ messageId }) => messageId);
    return new Map([...files].map(([id, rows]) => [id, rows.flatMap(({ mediaId }) => found.get(mediaId) ?? [])]));
  }
}

function mediaByIds(rows: ReadonlyMap<number, MediaEntity>): Map<number, Media> {
  return new Map([...rows].map(([id, row]) => [id, mediaOf(row)]));
}
