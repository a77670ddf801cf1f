import { integerKey } from '@app/database';
import { Entity, Index, PrimaryColumn } from 'typeorm';

/** An e-mail address that was named for a group and that nobody had then. The row goes when somebody has it. */
@Entity('chat_invitations', { withoutRowid: true })
@Index('chat_invitations_email', ['email'])
export class InvitationEntity {
  @PrimaryColumn(integerKey({ name: 'chat_id' }))
  chatId: number;

  /** In the form in which addresses are compared. */
  @PrimaryColumn({ type: 'varchar', length: 254 })
  email: string;
}
