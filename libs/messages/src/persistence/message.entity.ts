import { integerColumn, integerKey, timeColumn } from '@app/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MessageType } from '../message';

/**
 * Each 64th message of a chat is an anchor. The embedded store has only anchors in its index of ordinals: the others are
 * found by reading on from one, and storing them changes a page of the file less. MySQL, without such indexes, has all.
 */
export const ORDINALS_PER_ANCHOR = 64;

/** SQLite uses the index of anchors only for a statement that says this, in these words. */
export const IS_ANCHOR = `ordinal % ${ORDINALS_PER_ANCHOR} = 0`;

/** What is known of a message but its text. Clustered by chat and `seq`, the order in which it is read. */
@Entity('messages', { withoutRowid: true })
@Index('messages_id', ['id'], { unique: true })
@Index('messages_ordinal', ['chatId', 'ordinal'], { unique: true, where: IS_ANCHOR })
@Index('messages_client_id', ['chatId', 'senderId', 'clientId'], { unique: true, where: 'client_id IS NOT NULL' })
export class MessageEntity {
  @PrimaryColumn(integerKey({ name: 'chat_id' }))
  chatId: number;

  /** The number of the change that brought it. */
  @PrimaryColumn(integerKey())
  seq: number;

  @Column(integerColumn())
  id: number;

  /** The how-many-eth message of its chat, from 1 without gaps: page 10,000 is found as fast as page 1. */
  @Column(integerColumn())
  ordinal: number;

  @Column(integerColumn({ name: 'sender_id' }))
  senderId: number;

  /** The sender's own name for it, which makes a retry safe. */
  @Column({ type: 'varchar', length: 64, nullable: true, name: 'client_id' })
  clientId: string | null;

  /** What was first sent, in short, to tell a retry from another message under the same `clientId`. */
  @Column({ type: 'varchar', length: 16, nullable: true })
  fingerprint: string | null;

  @Column({ type: 'varchar', length: 16 })
  type: MessageType;

  @Column(integerColumn({ name: 'reply_to', nullable: true }))
  replyTo: number | null;

  /** Where the text stands; null once the message is deleted. */
  @Column(integerColumn({ name: 'body_id', nullable: true }))
  bodyId: number | null;

  /** How many files it brings: most messages bring none, and nobody has to look for them. */
  @Column(integerColumn({ name: 'media_count', default: 0 }))
  mediaCount: number;

  @Column(timeColumn({ name: 'sent_at' }))
  sentAt: Date;

  @Column(timeColumn({ name: 'edited_at', nullable: true }))
  editedAt: Date | null;

  @Column(timeColumn({ name: 'deleted_at', nullable: true }))
  deletedAt: Date | null;
}
