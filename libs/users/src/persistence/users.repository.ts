import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { foldForComparison } from '@app/platform';
import { EntityManager, In, IsNull, Not, QueryFailedError } from 'typeorm';
import { DELETED_USER_NAME, EMAIL_MAX_CHARACTERS, User } from '../user';
import { EmailTaken, UsernameTaken } from '../users.errors';
import { UserEntity } from './user.entity';
import { Credentials, toColumns, toCredentials, toUser, UserRecord } from './user.mapping';

/** Fewer than the parameters that any store takes in one statement. */
const CHUNK = 500;
/** Nobody's name or address is longer, however it is typed. */
const LOGIN_MAX_LENGTH = 4 * EMAIL_MAX_CHARACTERS;

/** Accounts. Reads see what is committed, unless a transaction is given. */
@Injectable()
export class UsersRepository {
  constructor(private readonly database: Database) {}

  /** The account, deleted ones too. */
  async find(userId: number, view: EntityManager = this.database.reads): Promise<User | null> {
    const row = await view.findOneBy(UserEntity, { id: userId });
    return row && toUser(row);
  }

  /** Those of the ids that belong to accounts, deleted ones too. In any order. */
  async findAll(userIds: readonly number[]): Promise<User[]> {
    const rows = await inChunks(userIds, (ids) => this.database.reads.findBy(UserEntity, { id: In(ids) }));
    return rows.map(toUser);
  }

  async findActiveIds(userIds: readonly number[], view: EntityManager): Promise<Set<number>> {
    const rows = await inChunks(userIds, (ids) =>
      view.find(UserEntity, { select: { id: true }, where: { id: In(ids), deletedAt: IsNull() } }),
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** By name or e-mail, however written: an `@` is in every e-mail and in no name. */
  async findCredentialsByLogin(login: string): Promise<Credentials | null> {
    if (login.length > LOGIN_MAX_LENGTH) return null;
    const folded = foldForComparison(login);
    const where = folded.includes('@') ? { emailFolded: folded } : { usernameFolded: folded };
    return toCredentials(await this.database.reads.findOneBy(UserEntity, where));
  }

  async findCredentials(userId: number, view: EntityManager = this.database.reads): Promise<Credentials | null> {
    return toCredentials(await view.findOneBy(UserEntity, { id: userId }));
  }

  /** @throws UsernameTaken, EmailTaken */
  async insert(tx: EntityManager, record: UserRecord, now: Date): Promise<User> {
    const row = { ...toColumns(record), createdAt: now, lastSeen: null, deletedAt: null };
    const { identifiers } = await this.explainTaken(record, null, () => tx.insert(UserEntity, row));
    return toUser({ ...row, id: Number(identifiers[0]?.['id']) });
  }

  /** @throws UsernameTaken, EmailTaken */
  async update(tx: EntityManager, userId: number, changes: Partial<UserRecord>): Promise<void> {
    const columns = toColumns(changes);
    if (Object.keys(columns).length === 0) return;
    await this.explainTaken(changes, userId, () => tx.update(UserEntity, { id: userId }, columns));
  }

  /** Wipes who it was; only the id stays. */
  async erase(tx: EntityManager, userId: number, now: Date): Promise<void> {
    const nobody = { ...DELETED_USER_NAME, email: null, passwordHash: null };
    const freed = { usernameFolded: null, lastSeen: null, deletedAt: now };
    await tx.update(UserEntity, { id: userId }, { ...toColumns(nobody), ...freed });
  }

  async setLastSeen(tx: EntityManager, userIds: readonly number[], lastSeen: Date): Promise<void> {
    await inChunks(userIds, async (ids) => {
      await tx.update(UserEntity, { id: In(ids), deletedAt: IsNull() }, { lastSeen });
      return [];
    });
  }

  /**
   * Insists that name and e-mail belong to nobody else.
   * @param exceptId whose they may be
   * @throws UsernameTaken, EmailTaken
   */
  async requireFree({ username, email }: Partial<UserRecord>, exceptId: number | null): Promise<void> {
    const others = exceptId === null ? {} : { id: Not(exceptId) };
    const isTaken = (where: Partial<Record<'usernameFolded' | 'emailFolded', string>>) =>
      this.database.reads.existsBy(UserEntity, { ...where, ...others });
    if (username !== undefined && (await isTaken({ usernameFolded: foldForComparison(username) }))) {
      throw new UsernameTaken();
    }
    if (typeof email === 'string' && (await isTaken({ emailFolded: foldForComparison(email) }))) throw new EmailTaken();
  }

  /** Of two who want a name at the same moment, the unique index lets one have it; the other hears why not. */
  private async explainTaken<Result>(
    record: Partial<UserRecord>,
    exceptId: number | null,
    write: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await write();
    } catch (error) {
      if (error instanceof QueryFailedError) await this.requireFree(record, exceptId);
      throw error;
    }
  }
}

async function inChunks<Row>(ids: readonly number[], load: (ids: number[]) => Promise<Row[]>): Promise<Row[]> {
  const unique = [...new Set(ids)];
  const rows: Row[] = [];
  for (let start = 0; start < unique.length; start += CHUNK) {
    rows.push(...(await load(unique.slice(start, start + CHUNK))));
  }
  return rows;
}
