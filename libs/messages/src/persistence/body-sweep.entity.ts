import { integerColumn, timeColumn } from '@app/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far the bodies of another store have been looked at, and which node is at it. One row. */
@Entity('body_sweeps')
export class BodySweepEntity {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  store: string;

  /** All bodies before this one, by the time they were made and then by id, have been looked at. */
  @Column(timeColumn({ name: 'seen_until' }))
  seenUntil: Date;

  @Column(integerColumn({ name: 'seen_body_id' }))
  seenBodyId: number;

  /** The node that looks at them, until `leasedUntil`. */
  @Column({ type: 'varchar', length: 36 })
  holder: string;

  @Column(timeColumn({ name: 'leased_until' }))
  leasedUntil: Date;
}
