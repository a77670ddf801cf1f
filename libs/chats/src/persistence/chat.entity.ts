import { integerColumn, integerKey, timeColumn } from '@app/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ChatType } from '../chat';

/** A conversation. Its row is what every write of the chat locks, and where the next `seq` comes from. */
@Entity('chats', { withoutRowid: true })
@Index('chats_direct_key', ['directKey'], { unique: true })
@Index('chats_open', ['isOpen', 'isActive'])
@Index('chats_members', ['membersKey'])
export class ChatEntity {
  @PrimaryColumn(integerKey())
  id: number;

  @Column({ type: 'varchar', length: 16 })
  type: ChatType;

  @Column({ type: 'varchar', length: 100, nullable: true })
  name: string | null;

  /** What a group says about itself. */
  @Column({ type: 'varchar', length: 1000, nullable: true })
  description: string | null;

  /** The two user ids of a direct chat, lower first, so that there is one per pair; null for groups. */
  @Column({ type: 'varchar', length: 40, nullable: true, name: 'direct_key' })
  directKey: string | null;

  /** True for rooms that anybody may join. */
  @Column({ type: 'boolean', name: 'is_open', default: false })
  isOpen: boolean;

  /** Says who is in an open room, to find the one of exactly these people; null for all other chats. */
  @Column({ type: 'varchar', length: 43, nullable: true, name: 'members_key' })
  membersKey: string | null;

  @Column(timeColumn({ name: 'created_at' }))
  createdAt: Date;

  /** When the chat last changed. */
  @Column(timeColumn({ name: 'updated_at' }))
  updatedAt: Date;

  /** False once the last member has left. */
  @Column({ type: 'boolean', name: 'is_active' })
  isActive: boolean;

  /** The number of the latest change; the next change takes the next one. */
  @Column(integerColumn({ name: 'last_seq' }))
  lastSeq: number;

  /** The `seq` of the latest message; 0 without one. */
  @Column(integerColumn({ name: 'last_message_seq' }))
  lastMessageSeq: number;

  /** Messages ever sent, tombstones too; also the ordinal of the latest one. */
  @Column(integerColumn({ name: 'message_count' }))
  messageCount: number;
}
