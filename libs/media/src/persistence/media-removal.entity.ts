import { integerKey } from '@app/database';
import { Entity, PrimaryColumn } from 'typeorm';

/** A file whose row is gone and whose bytes are to go: noted in the transaction that took the row. */
@Entity('media_removals', { withoutRowid: true })
export class MediaRemovalEntity {
  @PrimaryColumn(integerKey({ name: 'media_id' }))
  mediaId: number;
}
