import { Database } from '@app/database';
import type { Finding, StoreCheck } from '@app/platform';
import { IsNull, MoreThan } from 'typeorm';
import { MediaUploadEntity } from '../persistence/media-upload.entity';
import type { PartialFiles } from '../storage/partial-files';

const ROWS_AT_ONCE = 500;

/** Of uploads that come in parts no more is here than was announced; bytes without an upload are swept. */
export class UploadsCheck implements StoreCheck {
  readonly subject = 'unfinished uploads';
  seen = 0;

  constructor(
    private readonly database: Pick<Database, 'reads'>,
    private readonly files: PartialFiles,
  ) {}

  async *findDamage(): AsyncGenerator<Finding> {
    const leftOver = new Set(await this.files.list());
    for (let above = ''; ;) {
      const where = { id: MoreThan(above), mediaId: IsNull() };
      const options = { where, order: { id: 'ASC' }, take: ROWS_AT_ONCE } as const;
      const rows = await this.database.reads.find(MediaUploadEntity, options);
      for (const { id, size } of rows) {
        leftOver.delete(id);
        const bytes = await this.files.measure(id);
        if (bytes > size) yield { kind: 'media', text: `upload ${id}: has ${bytes} bytes in place of at most ${size}` };
      }
      this.seen += rows.length;
      const last = rows.at(-1);
      if (!last || rows.length < ROWS_AT_ONCE) break;
      above = last.id;
    }
    if (leftOver.size === 0) return;
    const text = `the bytes of ${leftOver.size} uploads that are over are left for the sweeper`;
    yield { kind: 'media', text, isHarmless: true };
  }
}
