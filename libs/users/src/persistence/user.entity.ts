import { timeColumn } from '@app/database';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { USERNAME_FOLDED_MAX_LENGTH } from '../user-rules';

/** Longest compared form of a full name that is kept for the search. */
export const FULL_NAME_FOLDED_MAX_LENGTH = 400;

/** An account. A deleted one keeps its row, because messages refer to it, and nothing that tells who it was. */
@Entity('users')
@Index('users_username', ['usernameFolded'], { unique: true })
@Index('users_email', ['emailFolded'], { unique: true })
@Index('users_full_name', ['fullNameFolded'])
export class UserEntity {
  @PrimaryGeneratedColumn({ type: 'integer' })
  id: number;

  @Column({ type: 'varchar', length: 50 })
  username: string;

  /** Compared in place of the name; null once deleted, so that the name is free. */
  @Column({ type: 'varchar', length: USERNAME_FOLDED_MAX_LENGTH, nullable: true, name: 'username_folded' })
  usernameFolded: string | null;

  @Column({ type: 'varchar', length: 254, nullable: true })
  email: string | null;

  @Column({ type: 'varchar', length: 254, nullable: true, name: 'email_folded' })
  emailFolded: string | null;

  @Column({ type: 'varchar', length: 100, nullable: true, name: 'full_name' })
  fullName: string | null;

  @Column({ type: 'varchar', length: FULL_NAME_FOLDED_MAX_LENGTH, nullable: true, name: 'full_name_folded' })
  fullNameFolded: string | null;

  /** Of bcrypt; null once deleted. */
  @Column({ type: 'varchar', length: 72, nullable: true, name: 'password_hash' })
  passwordHash: string | null;

  @Column(timeColumn({ name: 'created_at' }))
  createdAt: Date;

  @Column(timeColumn({ name: 'last_seen', nullable: true }))
  lastSeen: Date | null;

  @Column(timeColumn({ name: 'deleted_at', nullable: true }))
  deletedAt: Date | null;
}
