import { integerColumn, integerKey, timeColumn } from '@app/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Every change of a chat but new messages (those are their own rows), under the chat's `seq`:
 * together with the messages table this is the gapless log that clients catch up from.
 */
@Entity('chat_events', { withoutRowid: true })
export class ChatEventEntity {
  @PrimaryColumn(integerKey({ name: 'chat_id' }))
  chatId: number;

  @PrimaryColumn(integerKey())
  seq: number;

  /** The name of the domain event: `chats.participant_added`. */
  @Column({ type: 'varchar', length: 40 })
  kind: string;

  @Column(timeColumn())
  at: Date;

  /** Whom it concerns: the participant, or the message. */
  @Column(integerColumn({ name: 'subject_id' }))
  subjectId: number;

  /** What the change set, as JSON; never a message's text. */
  @Column({ type: 'varchar', length: 1000 })
  details: string;
}
