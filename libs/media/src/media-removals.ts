import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { BackgroundWork } from '@app/platform';
import { EntityManager, In } from 'typeorm';
import { MediaEntity } from './persistence/media.entity';
import { MediaRemovalEntity } from './persistence/media-removal.entity';
import { MediaStorage } from './storage/media-storage';

const PAGE = 100;
/** For what is left over by a node that ended, or while the storage was away. */
const RETRY_MS = 30_000;

/**
 * Removes files. What is to go is noted in the transaction that takes its row, and the note stays until the bytes are gone:
 * so a crash at any point only delays it. All nodes work on all notes; removing twice does no harm.
 */
@Injectable()
export class MediaRemovals extends BackgroundWork {
  constructor(
    private readonly database: Database,
    private readonly storage: MediaStorage,
  ) {
    super({ everyMs: RETRY_MS, first: 'at start' });
  }

  /** Takes the rows; the bytes go once the transaction has committed. */
  async request(tx: EntityManager, mediaIds: readonly number[]): Promise<void> {
    if (mediaIds.length === 0) return;
    await tx.delete(MediaEntity, { id: In([...mediaIds]) });
    await tx.insert(
      MediaRemovalEntity,
      mediaIds.map((mediaId) => ({ mediaId })),
    );
    this.database.onCommitted(tx, () => void this.work());
  }

  protected async run(): Promise<void> {
    while ((await this.removePage()) && !this.isStopping);
  }

  private async removePage(): Promise<boolean> {
    const notes = await this.database.reads.find(MediaRemovalEntity, { take: PAGE });
    if (notes.length === 0) return false;
    const mediaIds = notes.map(({ mediaId }) => mediaId);
    for (const mediaId of mediaIds) await this.storage.remove(mediaId);
    await this.database.transaction((tx) => tx.delete(MediaRemovalEntity, { mediaId: In(mediaIds) }));
    return notes.length === PAGE;
  }
}
