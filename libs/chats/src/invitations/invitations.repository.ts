import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { EntityManager, In, MoreThan } from 'typeorm';
import { ChatEntity } from '../persistence/chat.entity';
import { InvitationEntity } from '../persistence/invitation.entity';

/** An invitation whose address somebody has. */
export interface OwnedInvitation {
  readonly userId: number;
  readonly email: string;
}

/** Addresses that wait for their owners. All of them are in their folded form. */
@Injectable()
export class InvitationsRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: EntityManager, chatId: number, emails: readonly string[]): Promise<void> {
    if (emails.length > 0)
      await tx.insert(
        InvitationEntity,
        emails.map((email) => ({ chatId, email })),
      );
  }

  async delete(tx: EntityManager, invitations: readonly InvitationEntity[]): Promise<void> {
    for (const { chatId, email } of invitations) await tx.delete(InvitationEntity, { chatId, email });
  }

  find(chatIds: readonly number[], view: EntityManager = this.database.reads): Promise<InvitationEntity[]> {
    return view.find(InvitationEntity, { where: { chatId: In([...chatIds]) }, order: { chatId: 'ASC', email: 'ASC' } });
  }

  /** The chats that an address is invited to, in the order of their ids. */
  async listChatIds(email: string, slice: { after: number; limit: number }): Promise<number[]> {
    const rows = await this.database.reads.find(InvitationEntity, {
      where: { email, chatId: MoreThan(slice.after) },
      order: { chatId: 'ASC' },
      take: slice.limit,
    });
    return rows.map(({ chatId }) => chatId);
  }

  /** What a crash, or an overload, has left undone: addresses that have an owner and still wait. Each once. */
  async findOwned(slice: { after: string; limit: number }): Promise<OwnedInvitation[]> {
    const rows: { user_id: number | string; email: string }[] = await this.database.reads.query(
      `SELECT DISTINCT u.id AS user_id, i.email AS email
         FROM chat_invitations i JOIN users u ON u.email_folded = i.email
        WHERE i.email > ? ORDER BY i.email LIMIT ?`,
      [slice.after, slice.limit],
    );
    return rows.map((row) => ({ userId: Number(row.user_id), email: row.email }));
  }

  /** Whoever would come to a chat that is closed comes too late. */
  async forgetIfClosed(tx: EntityManager, invitation: InvitationEntity): Promise<void> {
    const isOpen = await tx.existsBy(ChatEntity, { id: invitation.chatId, isActive: true });
    if (!isOpen) await this.delete(tx, [invitation]);
  }
}
