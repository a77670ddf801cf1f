import { foldForComparison } from '@app/platform';
import type { User } from '../user';
import { FULL_NAME_FOLDED_MAX_LENGTH, UserEntity } from './user.entity';

/** What is needed to verify a log-in. */
export interface Credentials {
  readonly userId: number;
  readonly passwordHash: string;
}

/** What can be written of an account. */
export interface UserRecord {
  readonly username: string;
  readonly email: string | null;
  readonly fullName: string | null;
  readonly passwordHash: string | null;
}

type RecordColumns = Pick<
  UserEntity,
  'username' | 'usernameFolded' | 'email' | 'emailFolded' | 'fullName' | 'fullNameFolded' | 'passwordHash'
>;

export function toUser(row: UserEntity): User {
  const { id, username, email, fullName, deletedAt, createdAt, lastSeen } = row;
  return { id, username, email, fullName, isActive: deletedAt === null, createdAt, lastSeen };
}

/** None for a deleted account. */
export function toCredentials(row: UserEntity | null): Credentials | null {
  if (!row || row.passwordHash === null) return null;
  return { userId: row.id, passwordHash: row.passwordHash };
}

/** Each field with the form by which it is compared; what is not given is not written. */
export function toColumns(record: UserRecord): RecordColumns;
export function toColumns(record: Partial<UserRecord>): Partial<RecordColumns>;
export function toColumns({ username, email, fullName, passwordHash }: Partial<UserRecord>): Partial<RecordColumns> {
  return {
    ...(username !== undefined && { username, usernameFolded: foldForComparison(username) }),
    ...(email !== undefined && { email, emailFolded: email === null ? null : foldForComparison(email) }),
    ...(fullName !== undefined && { fullName, fullNameFolded: fullName === null ? null : foldFullName(fullName) }),
    ...(passwordHash !== undefined && { passwordHash }),
  };
}

/** Some ligatures stand for whole sentences; the end of such a name can't be searched for. */
function foldFullName(fullName: string): string {
  const folded = foldForComparison(fullName);
  return folded.slice(0, FULL_NAME_FOLDED_MAX_LENGTH).toWellFormed();
}
