import { Injectable } from '@nestjs/common';
import { Database, findRows } from '@app/database';
import { makePage, Page, PageRequest, pageOffset } from '@app/platform';
import { EntityManager, In, MoreThan } from 'typeorm';
import { ParticipantAdded } from './chats.events';
import { ChatEventEntity } from './persistence/chat-event.entity';
import { ChatEntity } from './persistence/chat.entity';
import { ParticipantEntity } from './persistence/participant.entity';

export interface ChatWithMembership {
  readonly chat: ChatEntity;
  readonly membership: ParticipantEntity;
}

interface PositionRow {
  readonly chat_id: number | string;
  readonly last_seq: number | string;
}

/** Reads chats and memberships; all writing goes through the chat log. */
@Injectable()
export class ChatsRepository {
  constructor(private readonly database: Database) {}

  /** The chat, if `userId` is in it. */
  async findOfMember(chatId: number, userId: number, view = this.database.reads): Promise<ChatWithMembership | null> {
    const ofMember = 'WHERE chat_id = ? AND user_id = ?';
    const [membership] = await findRows(view, ParticipantEntity, ofMember, [chatId, userId]);
    if (!membership) return null;
    const [chat] = await findRows(view, ChatEntity, 'WHERE id = ? AND is_active', [chatId]);
    return chat ? { chat, membership } : null;
  }

  /** The room, if anybody may join it. */
  findOpen(chatId: number, view: EntityManager = this.database.reads): Promise<ChatEntity | null> {
    return view.findOneBy(ChatEntity, { id: chatId, isActive: true, isOpen: true });
  }

  /** A page of someone's chats, the one that changed last first; hidden ones are left out. */
  async findPageOfMember(userId: number, request: PageRequest, view: EntityManager): Promise<Page<ChatWithMembership>> {
    const query = view
      .createQueryBuilder(ParticipantEntity, 'membership')
      .innerJoinAndMapOne('membership.chat', ChatEntity, 'chat', 'chat.id = membership.chatId')
      .where('membership.userId = :userId', { userId })
      .andWhere('(membership.hiddenSeq IS NULL OR chat.lastMessageSeq > membership.hiddenSeq)');
    const total = await query.getCount();
    const memberships = (await query
      .orderBy('chat.updatedAt', 'DESC')
      .addOrderBy('chat.id', 'DESC')
      .offset(pageOffset(request))
      .limit(request.limit)
      .getMany()) as (ParticipantEntity & { chat: ChatEntity })[];
    return makePage(
      memberships.map((membership) => ({ membership, chat: membership.chat })),
      total,
      request,
    );
  }

  /** A page of someone's direct chats, the one that changed last first; hidden ones are left out. */
  findDirectOfMember(userId: number, request: PageRequest): Promise<ChatEntity[]> {
    return this.database.reads
      .createQueryBuilder(ChatEntity, 'chat')
      .innerJoin(ParticipantEntity, 'membership', 'membership.chatId = chat.id')
      .where("membership.userId = :userId AND chat.type = 'direct'", { userId })
      .andWhere('(membership.hiddenSeq IS NULL OR chat.lastMessageSeq > membership.hiddenSeq)')
      .orderBy('chat.updatedAt', 'DESC')
      .addOrderBy('chat.id', 'DESC')
      .offset(pageOffset(request))
      .limit(request.limit)
      .getMany();
  }

  /**
   * Everybody who is in a chat with `userId`, `userId` too, in the order of their ids.
   * @param limit so many at most
   */
  async listCompanionIds(userId: number, limit: number): Promise<number[]> {
    const rows: { user_id: number | string }[] = await this.database.reads.query(
      `SELECT DISTINCT other.user_id AS user_id
         FROM chat_participants mine JOIN chat_participants other ON other.chat_id = mine.chat_id
        WHERE mine.user_id = ? ORDER BY other.user_id LIMIT ?`,
      [userId, limit],
    );
    return rows.map((row) => Number(row.user_id));
  }

  async findChats(chatIds: readonly number[], view: EntityManager): Promise<Map<number, ChatEntity>> {
    const chats = await view.findBy(ChatEntity, { id: In([...chatIds]) });
    return new Map(chats.map((chat) => [chat.id, chat]));
  }

  /** Members of each chat, longest-standing first. */
  async findMembers(
    chatIds: readonly number[],
    view: EntityManager = this.database.reads,
  ): Promise<Map<number, ParticipantEntity[]>> {
    const members = await view.find(ParticipantEntity, {
      where: { chatId: In([...chatIds]) },
      order: { joinedAt: 'ASC', userId: 'ASC' },
    });
    return Map.groupBy(members, ({ chatId }) => chatId);
  }

  async findMembersPage(chatId: number, request: PageRequest): Promise<Page<ParticipantEntity>> {
    const [members, total] = await this.database.reads.findAndCount(ParticipantEntity, {
      where: { chatId },
      order: { joinedAt: 'ASC', userId: 'ASC' },
      skip: pageOffset(request),
      take: request.limit,
    });
    return makePage(members, total, request);
  }

  /** Every chat that `userId` is in, hidden ones too. Bounded by what one person joins; ids only. */
  async listChatIdsOfMember(userId: number): Promise<number[]> {
    const memberships = await this.database.reads.find(ParticipantEntity, {
      select: { chatId: true, userId: true },
      where: { userId },
      order: { chatId: 'ASC' },
    });
    return memberships.map(({ chatId }) => chatId);
  }

  /** Every chat that `userId` is in, hidden ones too, and the number of its latest change. Bounded by what one person joins. */
  async findPositionsOfMember(userId: number): Promise<Map<number, number>> {
    const rows: PositionRow[] = await this.database.reads.query(
      `SELECT c.id AS chat_id, c.last_seq AS last_seq FROM chat_participants p JOIN chats c ON c.id = p.chat_id
        WHERE p.user_id = ? ORDER BY p.chat_id`,
      [userId],
    );
    return positionsOf(rows);
  }

  /** The number of the latest change of each of these chats, closed ones too. */
  async findPositions(chatIds: readonly number[]): Promise<Map<number, number>> {
    if (chatIds.length === 0) return new Map();
    const rows: PositionRow[] = await this.database.reads.query(
      `SELECT id AS chat_id, last_seq FROM chats WHERE id IN (${chatIds.map(() => '?').join(', ')})`,
      [...chatIds],
    );
    return positionsOf(rows);
  }

  /** Who of these people came into which chats after a moment. */
  findMembershipsSince(
    userIds: readonly number[],
    since: Date,
  ): Promise<Pick<ParticipantEntity, 'chatId' | 'userId'>[]> {
    return this.database.reads.find(ParticipantEntity, {
      select: { chatId: true, userId: true },
      where: { userId: In([...userIds]), joinedAt: MoreThan(since) },
    });
  }

  /** The number of the change with which someone came into each of these chats; without one: there from its beginning. */
  async findArrivals(userId: number, chatIds: readonly number[]): Promise<Map<number, number>> {
    const arrivals = await this.database.reads.find(ChatEventEntity, {
      select: { chatId: true, seq: true },
      where: { chatId: In([...chatIds]), kind: ParticipantAdded.eventName, subjectId: userId },
      order: { seq: 'ASC' },
    });
    return new Map(arrivals.map(({ chatId, seq }) => [chatId, seq]));
  }

  /** Accounts that were deleted, but had not left all their chats when the server died. */
  async listDeletedMembers(): Promise<number[]> {
    const rows: { user_id: number | string }[] = await this.database.reads.query(
      `SELECT DISTINCT p.user_id AS user_id FROM users u JOIN chat_participants p ON p.user_id = u.id
        WHERE u.deleted_at IS NOT NULL`,
    );
    return rows.map((row) => Number(row.user_id));
  }

  findByDirectKey(directKey: string, view: EntityManager = this.database.reads): Promise<ChatEntity | null> {
    return view.findOneBy(ChatEntity, { directKey, isActive: true });
  }
}

function positionsOf(rows: readonly PositionRow[]): Map<number, number> {
  return new Map(rows.map((row) => [Number(row.chat_id), Number(row.last_seq)]));
}
