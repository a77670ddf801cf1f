import { integerColumn, timeColumn } from '@app/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export const USER_AGENT_MAX_LENGTH = 255;

/** A log-in. One that has ended is kept for a day and then swept. */
@Entity('sessions', { withoutRowid: true })
@Index('sessions_user', ['userId', 'endedAt'])
@Index('sessions_end', ['endedAt', 'expiresAt'])
export class SessionEntity {
  /** A random UUID. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id: string;

  @Column(integerColumn({ name: 'user_id' }))
  userId: number;

  /** SHA-256, in hex, of the one refresh token that is good now. */
  @Column({ type: 'varchar', length: 64, name: 'refresh_hash' })
  refreshHash: string;

  @Column(timeColumn({ name: 'created_at' }))
  createdAt: Date;

  @Column(timeColumn({ name: 'last_used_at' }))
  lastUsedAt: Date;

  /** Moves on with each refresh. */
  @Column(timeColumn({ name: 'expires_at' }))
  expiresAt: Date;

  @Column(timeColumn({ name: 'ended_at', nullable: true }))
  endedAt: Date | null;

  @Column({ type: 'varchar', length: USER_AGENT_MAX_LENGTH, nullable: true, name: 'user_agent' })
  userAgent: string | null;
}
