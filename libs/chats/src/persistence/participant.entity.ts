import { integerColumn, integerKey, timeColumn } from '@app/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Someone's membership in a chat; the row goes when the person does. */
@Entity('chat_participants', { withoutRowid: true })
@Index('chat_participants_user', ['userId'])
export class ParticipantEntity {
  @PrimaryColumn(integerKey({ name: 'chat_id' }))
  chatId: number;

  @PrimaryColumn(integerKey({ name: 'user_id' }))
  userId: number;

  @Column(timeColumn({ name: 'joined_at' }))
  joinedAt: Date;

  @Column({ type: 'boolean', name: 'is_admin' })
  isAdmin: boolean;

  /** Everything up to this `seq` has been read. */
  @Column(integerColumn({ name: 'read_seq' }))
  readSeq: number;

  /** The chat is left out of this person's list until a message after this `seq`; null: shown. */
  @Column(integerColumn({ name: 'hidden_seq', nullable: true }))
  hiddenSeq: number | null;
}
