import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { EntityManager, LessThan } from 'typeorm';
import { membersKeyOf } from './members-key';
import { ChatEntity } from './persistence/chat.entity';
import { ParticipantEntity } from './persistence/participant.entity';

/** Rooms of the same people that are looked through for a name. */
const MAX_NAMESAKES = 1000;

/** Where to read on in a list that has the newest first: ids below `before`. */
export interface RoomSlice {
  readonly before: number;
  readonly limit: number;
}

/** Finds chats as people who join and leave rooms look for them. */
@Injectable()
export class RoomsRepository {
  constructor(private readonly database: Database) {}

  /** Someone's chats, the newest first; hidden ones are left out. */
  findOfMember(userId: number, { before, limit }: RoomSlice): Promise<ChatEntity[]> {
    return this.database.reads
      .createQueryBuilder(ChatEntity, 'chat')
      .innerJoin(ParticipantEntity, 'membership', 'membership.chatId = chat.id')
      .where('membership.userId = :userId AND membership.chatId < :before', { userId, before })
      .andWhere('(membership.hiddenSeq IS NULL OR chat.lastMessageSeq > membership.hiddenSeq)')
      .orderBy('chat.id', 'DESC')
      .limit(limit)
      .getMany();
  }

  /** Rooms that anybody may join, the newest first. */
  findOpen({ before, limit }: RoomSlice): Promise<ChatEntity[]> {
    return this.database.reads.find(ChatEntity, {
      where: { isOpen: true, isActive: true, id: LessThan(before) },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /**
   * The open room of exactly these people: the one of that name, or without one the nameless, else the oldest.
   * Names are compared here and not by the store, whose idea of equality may be another.
   */
  async findOfExactly(userIds: readonly number[], name: string | null, tx: EntityManager): Promise<ChatEntity | null> {
    const rooms = await tx.find(ChatEntity, {
      where: { membersKey: membersKeyOf(userIds), isOpen: true, isActive: true },
      order: { id: 'ASC' },
      take: MAX_NAMESAKES,
    });
    const namesake = rooms.find((room) => room.name === name);
    return namesake ?? (name === null ? (rooms[0] ?? null) : null);
  }
}
