import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { BackgroundWork, Clock, Config } from '@app/platform';
import { MediaRemovals } from './media-removals';
import { MediaRepository } from './persistence/media.repository';
import { MediaStorage, StagedMedia } from './storage/media-storage';
import { UploadSweep } from './resumable/upload-sweep';
import { UploadsUnderWay } from './uploads/uploads-under-way';

const EVERY_MS = 10 * 60_000;
/** Other nodes receive into the same storage; none of them receives one file for so long without writing. */
const LEAVE_STAGED_MS = 60 * 60_000;
const KEEP_UNATTACHED_MS = 24 * 60 * 60_000;
const BATCH_SIZE = 100;

/**
 * Brings files and rows together again after a crash, and removes what no message has used within a day.
 * Before the first request: so whoever restarts finds things as they should be.
 */
@Injectable()
export class MediaSweeper extends BackgroundWork {
  /** Where nobody else writes, what this process does not receive is left over. */
  private readonly leaveStagedMs: number;

  constructor(
    private readonly database: Database,
    private readonly storage: MediaStorage,
    private readonly media: MediaRepository,
    private readonly removals: MediaRemovals,
    private readonly underWay: UploadsUnderWay,
    private readonly uploads: UploadSweep,
    private readonly clock: Clock,
    { values }: Config,
  ) {
    super({ everyMs: EVERY_MS, first: 'before serving' });
    this.leaveStagedMs = values.MYSQL_HOST === undefined ? 0 : LEAVE_STAGED_MS;
  }

  protected async run(): Promise<void> {
    const staged = (await this.storage.listStaged()).filter(({ mediaId }) => !this.underWay.has(mediaId));
    for (let start = 0; start < staged.length && !this.isStopping; start += BATCH_SIZE) {
      await this.settle(staged.slice(start, start + BATCH_SIZE));
    }
    while (!this.isStopping && (await this.removeUnattached()) === BATCH_SIZE);
    if (!this.isStopping) await this.uploads.run();
  }

  /** The row says what becomes of it. */
  private async settle(staged: readonly StagedMedia[]): Promise<void> {
    const rows = await this.media.findByIds(staged.map(({ mediaId }) => mediaId));
    const now = this.clock.now().getTime();
    for (const { mediaId, changedAt } of staged) {
      if (rows.has(mediaId)) await this.storage.publish(mediaId);
      else if (now - changedAt.getTime() >= this.leaveStagedMs) await this.storage.discard(mediaId);
    }
  }

  private async removeUnattached(): Promise<number> {
    const moment = new Date(this.clock.now().getTime() - KEEP_UNATTACHED_MS);
    const mediaIds = await this.media.findUnattached(moment, BATCH_SIZE);
    if (mediaIds.length === 0) return 0;
    await this.database.transaction(async (tx) => {
      // A message may have taken one meanwhile.
      const rows = [...(await this.media.lock(tx, mediaIds)).values()];
      const unattached = rows.filter(({ attachedAt }) => attachedAt === null);
      await this.removals.request(
        tx,
        unattached.map(({ id }) => id),
      );
    });
    return mediaIds.length;
  }
}
