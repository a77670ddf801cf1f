import { integerKey } from '@app/database';
import { Entity, PrimaryColumn } from 'typeorm';

/** A body in another store that is to go: noted in the transaction that took the last pointer to it. */
@Entity('body_removals', { withoutRowid: true })
export class BodyRemovalEntity {
  @PrimaryColumn(integerKey({ name: 'body_id' }))
  bodyId: number;
}
