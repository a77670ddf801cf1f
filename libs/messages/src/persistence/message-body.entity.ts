import { integerKey } from '@app/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A text that was sent. Never changes: an edit is another body. */
@Entity('message_bodies', { withoutRowid: true })
export class MessageBodyEntity {
  @PrimaryColumn(integerKey())
  id: number;

  @Column({ type: 'text' })
  content: string;

  /** See `StoredBody`. */
  @Column({ type: 'text', nullable: true })
  extras: string | null;
}
