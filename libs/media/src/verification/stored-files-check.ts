import { Database } from '@app/database';
import type { Finding, StoreCheck } from '@app/platform';
import { In } from 'typeorm';
import { MediaRemovalEntity } from '../persistence/media-removal.entity';
import { MediaEntity } from '../persistence/media.entity';
import type { MediaStorage } from '../storage/media-storage';

const FILES_AT_ONCE = 500;

/** All that the storage holds is known, or is on its way in or out. */
export class StoredFilesCheck implements StoreCheck {
  readonly subject = 'stored files';
  seen = 0;

  constructor(
    private readonly database: Pick<Database, 'reads'>,
    private readonly storage: MediaStorage,
  ) {}

  async *findDamage(): AsyncGenerator<Finding> {
    let batch: number[] = [];
    for await (const mediaId of this.storage.list()) {
      batch.push(mediaId);
      if (batch.length < FILES_AT_ONCE) continue;
      yield* this.findStrangers(batch);
      batch = [];
    }
    yield* this.findStrangers(batch);
    const staged = await this.storage.listStaged();
    if (staged.length === 0) return;
    yield {
      kind: 'media',
      text: `${staged.length} files are being received, or left for the sweeper`,
      isHarmless: true,
    };
  }

  private async *findStrangers(mediaIds: readonly number[]): AsyncGenerator<Finding> {
    this.seen += mediaIds.length;
    if (mediaIds.length === 0) return;
    const known = await this.findKnown(mediaIds);
    for (const mediaId of mediaIds) {
      // Known before it was listed, removed since: then it is gone by now.
      if (known.has(mediaId) || !(await this.isThere(mediaId))) continue;
      yield { kind: 'media', text: `file ${mediaId} is stored, and nothing is known of it` };
    }
  }

  /** In this order: whoever takes the row leaves the note. */
  private async findKnown(mediaIds: readonly number[]): Promise<Set<number>> {
    const rows = await this.database.reads.find(MediaEntity, {
      select: { id: true },
      where: { id: In([...mediaIds]) },
    });
    const notes = await this.database.reads.findBy(MediaRemovalEntity, { mediaId: In([...mediaIds]) });
    return new Set([...rows.map(({ id }) => id), ...notes.map(({ mediaId }) => mediaId)]);
  }

  private async isThere(mediaId: number): Promise<boolean> {
    return (await this.storage.findSize(mediaId, 'original')) !== undefined;
  }
}
