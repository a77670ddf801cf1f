import type { EntityManager } from 'typeorm';
import type { ChatType } from './chat';
import { membersKeyOf } from './members-key';
import { ChatEntity } from './persistence/chat.entity';
import { ParticipantEntity } from './persistence/participant.entity';

/** Stores a chat that nothing has happened in yet. Its maker is the admin. */
export async function insertChat(
  tx: EntityManager,
  chat: {
    id: number;
    type: ChatType;
    name: string | null;
    description?: string | null;
    directKey?: string;
    isOpen?: boolean;
    now: Date;
  },
  makerId: number,
  otherIds: readonly number[],
): Promise<ChatEntity> {
  const { now, directKey = null, isOpen = false, description = null, ...given } = chat;
  const row = tx.create(ChatEntity, {
    ...given,
    directKey,
    description,
    isOpen,
    membersKey: isOpen ? membersKeyOf([makerId, ...otherIds]) : null,
    createdAt: now,
    updatedAt: now,
    isActive: true,
    lastSeq: 0,
    lastMessageSeq: 0,
    messageCount: 0,
  });
  await tx.insert(ChatEntity, row);
  await tx.insert(
    ParticipantEntity,
    [makerId, ...otherIds].map((userId) => newMember(chat.id, userId, now, { isAdmin: userId === makerId })),
  );
  return row;
}

/** Someone who comes in at `now`; what was said before (`readSeq`) does not count as unread. */
export function newMember(
  chatId: number,
  userId: number,
  now: Date,
  { isAdmin, readSeq = 0 }: { isAdmin: boolean; readSeq?: number },
): ParticipantEntity {
  return Object.assign(new ParticipantEntity(), {
    chatId,
    userId,
    joinedAt: now,
    isAdmin,
    readSeq,
    hiddenSeq: null,
  });
}
