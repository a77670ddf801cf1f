import { Database } from '@app/database';
import type { Finding, StoreCheck } from '@app/platform';
import { MoreThan } from 'typeorm';
import { THUMBNAIL_SIZES, Variant } from '../media';
import { MediaAttachmentEntity } from '../persistence/media-attachment.entity';
import { MediaEntity } from '../persistence/media.entity';
import type { MediaStorage } from '../storage/media-storage';

const ROWS_AT_ONCE = 500;

/** Every file that is known has its bytes, all of them; and every message that brings files brings files that are there. */
export class MediaCheck implements StoreCheck {
  readonly subject = 'files';
  seen = 0;

  constructor(
    private readonly database: Pick<Database, 'reads'>,
    private readonly storage: MediaStorage,
  ) {}

  async *findDamage(): AsyncGenerator<Finding> {
    for (let above = 0; ;) {
      const where = { id: MoreThan(above) };
      const rows = await this.database.reads.find(MediaEntity, { where, order: { id: 'ASC' }, take: ROWS_AT_ONCE });
      for (const row of rows) yield* this.compare(row);
      this.seen += rows.length;
      const last = rows.at(-1);
      if (!last || rows.length < ROWS_AT_ONCE) break;
      above = last.id;
    }
    yield* this.findBrokenAttachments();
  }

  private async *compare(row: MediaEntity): AsyncGenerator<Finding> {
    const problem = await this.findProblem(row);
    if (problem === undefined || (await this.isInMotion(row.id))) return;
    yield { kind: 'media', text: `file ${row.id} of user ${row.uploaderId}: ${problem}` };
  }

  private async findProblem({ id, size, placeholder }: MediaEntity): Promise<string | undefined> {
    const variants: Variant[] = ['original', ...(placeholder === null ? [] : THUMBNAIL_SIZES)];
    for (const variant of variants) {
      const bytes = await this.storage.findSize(id, variant);
      if (bytes === undefined) return `its bytes (${variant}) are not there`;
      if (variant === 'original' && bytes !== size) return `has ${bytes} bytes in place of ${size}`;
    }
    return undefined;
  }

  /** On its way into the storage, or out of it since its row was read. */
  private async isInMotion(mediaId: number): Promise<boolean> {
    const staged = await this.storage.listStaged();
    return (
      staged.some((entry) => entry.mediaId === mediaId) ||
      !(await this.database.reads.existsBy(MediaEntity, { id: mediaId }))
    );
  }

  private async *findBrokenAttachments(): AsyncGenerator<Finding> {
    const broken = await this.database.reads
      .createQueryBuilder(MediaAttachmentEntity, 'attachment')
      .leftJoin(MediaEntity, 'media', 'media.id = attachment.mediaId')
      .where('media.id IS NULL')
      .limit(ROWS_AT_ONCE)
      .getMany();
    // One statement sees one moment, in which the two come and go together.
    for (const { messageId, mediaId } of broken) {
      yield { kind: 'media', text: `message ${messageId}: brings file ${mediaId}, which does not exist` };
    }
  }
}
