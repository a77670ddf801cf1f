import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from './columns';

/** How far the ids of one kind are handed out. */
@Entity('id_blocks')
export class IdBlockEntity {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  kind: string;

  /** The first id that no server has taken. */
  @Column(integerColumn())
  next: number;
}
