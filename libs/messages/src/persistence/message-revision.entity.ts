import { integerColumn, integerKey, timeColumn } from '@app/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An earlier text of a message that was edited. */
@Entity('message_revisions', { withoutRowid: true })
export class MessageRevisionEntity {
  @PrimaryColumn(integerKey({ name: 'message_id' }))
  messageId: number;

  /** From 1, the text that was first sent. */
  @PrimaryColumn(integerKey())
  number: number;

  @Column(integerColumn({ name: 'body_id' }))
  bodyId: number;

  @Column(timeColumn({ name: 'written_at' }))
  writtenAt: Date;
}
