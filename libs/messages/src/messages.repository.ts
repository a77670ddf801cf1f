import { Injectable } from '@nestjs/common';
import { Database, findRows, insertRows, isOneOf } from '@app/database';
import { EntityManager, In, IsNull, LessThan } from 'typeorm';
import { MessageRevisionEntity } from './persistence/message-revision.entity';
import { IS_ANCHOR, MessageEntity, ORDINALS_PER_ANCHOR } from './persistence/message.entity';

/** Names a message from the sender's side. */
export interface ClientKey {
  readonly chatId: number;
  readonly senderId: number;
  readonly clientId: string;
}

/** Reads and stores what is known of messages. `seq` and `ordinal` are the only cursors: times never are. */
@Injectable()
export class MessagesRepository {
  constructor(private readonly database: Database) {}

  findById(messageId: number): Promise<MessageEntity | null> {
    return this.database.reads.findOneBy(MessageEntity, { id: messageId });
  }

  async findByIds(messageIds: readonly number[], view?: EntityManager): Promise<Map<number, MessageEntity>> {
    if (messageIds.length === 0) return new Map();
    const rows = await (view ?? this.database.reads).findBy(MessageEntity, { id: In([...messageIds]) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  async findByClientKeys(tx: EntityManager, keys: readonly ClientKey[]): Promise<MessageEntity[]> {
    if (keys.length === 0) return [];
    const tuples = keys.map(({ chatId, senderId, clientId }) => [chatId, senderId, clientId]);
    const { sql, parameters } = isOneOf(tx, ['chat_id', 'sender_id', 'client_id'], tuples);
    // The embedded store's index has no others, and is used only by who says so.
    return findRows(tx, MessageEntity, `WHERE ${sql} AND client_id IS NOT NULL`, parameters);
  }

  insert(tx: EntityManager, rows: readonly MessageEntity[]): Promise<void> {
    return insertRows(tx, MessageEntity, rows);
  }

  /** Newest first. */
  findBefore(chatId: number, seq: number, limit: number): Promise<MessageEntity[]> {
    return this.database.reads.find(MessageEntity, {
      where: { chatId, seq: LessThan(seq) },
      order: { seq: 'DESC' },
      take: limit,
    });
  }

  /** Newest first, without deleted ones. */
  findLiveBefore(chatId: number, seq: number, limit: number): Promise<MessageEntity[]> {
    return this.database.reads.find(MessageEntity, {
      where: { chatId, seq: LessThan(seq), deletedAt: IsNull() },
      order: { seq: 'DESC' },
      take: limit,
    });
  }

  /** Oldest first. */
  findAfter(chatId: number, seq: number, limit: number, view = this.database.reads): Promise<MessageEntity[]> {
    return findRows(view, MessageEntity, 'WHERE chat_id = ? AND seq > ? ORDER BY seq LIMIT ?', [chatId, seq, limit]);
  }

  /** The messages from the `first`-eth to the `last`-eth of the chat, newest first. */
  async findByOrdinals(chatId: number, first: number, last: number): Promise<MessageEntity[]> {
    const anchor = first - (first % ORDINALS_PER_ANCHOR);
    const rows = await findRows(
      this.database.reads,
      MessageEntity,
      // Read on from the anchor at or before the first; without one, from the beginning of the chat.
      `WHERE chat_id = ? AND ordinal BETWEEN ? AND ? AND seq >= COALESCE(
         (SELECT seq FROM messages WHERE chat_id = ? AND ordinal = ? AND ${IS_ANCHOR}), 0)
       ORDER BY seq LIMIT ?`,
      // Ordinals rise with seq and have no gaps, so that the limit ends the reading at the last.
      [chatId, first, last, chatId, anchor, last - first + 1],
    );
    return rows.reverse();
  }

  /** The messages that stand at these numbers, by chat. */
  async findBySeqs(
    positions: readonly { chatId: number; seq: number }[],
    view: EntityManager,
  ): Promise<Map<number, MessageEntity>> {
    const rows = positions.length === 0 ? [] : await view.findBy(MessageEntity, [...positions]);
    return new Map(rows.map((row) => [row.chatId, row]));
  }

  /**
   * How many live messages of others stand after the reader's position, by chat, in one statement.
   * Counted anew each time, so that it can't drift.
   */
  async countUnread(userId: number, chatIds: readonly number[], view?: EntityManager): Promise<Map<number, number>> {
    if (chatIds.length === 0) return new Map();
    const rows: { chat_id: number | string; unread: number | string }[] = await (view ?? this.database.reads).query(
      `SELECT p.chat_id AS chat_id, COUNT(*) AS unread
         FROM chat_participants p
         JOIN messages m ON m.chat_id = p.chat_id AND m.seq > p.read_seq
        WHERE p.user_id = ? AND p.chat_id IN (${chatIds.map(() => '?').join(', ')})
          AND m.sender_id <> p.user_id AND m.deleted_at IS NULL
        GROUP BY p.chat_id`,
      [userId, ...chatIds],
    );
    return new Map(rows.map((row) => [Number(row.chat_id), Number(row.unread)]));
  }

  findRevisions(
    messageId: number,
    page: { offset: number; limit: number },
    view: EntityManager,
  ): Promise<[MessageRevisionEntity[], number]> {
    return view.findAndCount(MessageRevisionEntity, {
      where: { messageId },
      order: { number: 'ASC' },
      skip: page.offset,
      take: page.limit,
    });
  }
}
