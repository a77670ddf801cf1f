import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { makePage, Page, PageRequest, pageOffset } from '@app/platform';
import { EntityManager, In } from 'typeorm';
import { ChatEntity } from './persistence/chat.entity';
import { ParticipantEntity } from './persistence/participant.entity';

export interface ChatWithMembership {
  readonly chat: ChatEntity;
  readonly membership: ParticipantEntity;
}

/** Reads chats and memberships; all writing goes through the chat log. */
@Injectable()
export class ChatsRepository {
  constructor(private readonly database: Database) {}

  /** The chat, if `userId` is in it. */
  async findOfMember(chatId: number, userId: number, view = this.database.reads): Promise<ChatWithMembership | null> {
    const membership = await view.findOneBy(ParticipantEntity, { chatId, userId });
    if (!membership) return null;
    const chat = await view.findOneBy(ChatEntity, { id: chatId, isActive: true });
    return chat && { chat, membership };
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
