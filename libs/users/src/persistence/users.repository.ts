import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { foldForComparison } from '@app/platform';
import { EntityManager, In, IsNull, MoreThan, Not, QueryFailedError } from 'typeorm';
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

  /** Accounts that are not deleted, by their ids. */
  async findActiveAfter(userId: number, limit: number): Promise<User[]> {
    const rows = await this.database.reads.find(UserEntity, {
      where: { id: MoreThan(userId), deletedAt: IsNull() },
      order: { id: 'ASC' },
      take: limit,
    });
    return rows.map(toUser);
  }

  /**
   * Whose the addresses are, by their folded form; those that nobody has are left out.
   * @param tx keeps them so until it ends
   */
  async findIdsByEmail(folded: readonly string[], tx?: EntityManager): Promise<Map<string, number>> {
    const rows = await inChunks(folded, (emails) =>
      (tx ?? this.database.reads).find(UserEntity, {
        select: { id: true, emailFolded: true },
        where: { emailFolded: In(emails) },
        ...(tx && this.database.forShare),
      }),
    );
    return new Map(rows.map(({ id, emailFolded }) => [emailFolded as string, id]));
  }

  /** Those of the ids whose accounts are not deleted, nor will be before the transaction ends. */
  async findActiveIds(userIds: readonly number[], tx: EntityManager): Promise<Set<number>> {
    const rows = await inChunks(userIds, (ids) =>
      tx.find(UserEntity, {
        select: { id: true },
        where: { id: In(ids), deletedAt: IsNull() },
        ...this.database.forShare,
      }),
    );
    return new Set(rows.map(({ id }) => id));
  }

  async hold(tx: EntityManager, userId: number): Promise<void> {
    await tx.find(UserEntity, { select: { id: true }, where: { id: userId }, ...this.database.forUpdate });
  }

  /** By name or e-mail, however written: an `@` is in every e-mail and in no name. */
  async findCredentialsByLogin(login: string): Promise<Credentials | null> {
    if (login.length > LOGIN_MAX_LENGTH) return null;
    const folded = foldForComparison(login);
    const where = folded.includes('@') ? { emailFolded: folded } : { usernameFolded: folded };
    return toCredentials(await this.database.reads.findOneBy(UserEntity, where));
  }

  async findCredentials(userId: number): Promise<Credentials | null> {
    return toCredentials(await this.database.reads.findOneBy(UserEntity, { id: userId }));
  }

  /** The account, which nobody else changes before the transaction ends. */
  async lock(tx: EntityManager, userId: number): Promise<Credentials | null> {
    return toCredentials(await tx.findOne(UserEntity, { where: { id: userId }, ...this.database.forUpdate }));
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
    const nobody = { ...DELETED_USER_NAME, passwordHash: null };
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
    const usernameFolded = username === undefined ? null : foldForComparison(username);
    const emailFolded = typeof email === 'string' ? foldForComparison(email) : null;
    const owned = [
      ...(usernameFolded === null ? [] : [{ usernameFolded, ...others }]),
      ...(emailFolded === null ? [] : [{ emailFolded, ...others }]),
    ];
    if (owned.length === 0) return;
    // In one look: between two, somebody may take both and seem to have taken the second alone.
    const owners = await this.database.reads.find(UserEntity, {
      select: { id: true, usernameFolded: true, emailFolded: true },
      where: owned,
    });
    if (owners.some((owner) => usernameFolded !== null && owner.usernameFolded === usernameFolded)) {
      throw new UsernameTaken();
    }
    if (owners.length > 0) throw new EmailTaken();
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

async function inChunks<Key, Row>(ids: readonly Key[], load: (ids: Key[]) => Promise<Row[]>): Promise<Row[]> {
  const unique = [...new Set(ids)];
  const rows: Row[] = [];
  for (let start = 0; start < unique.length; start += CHUNK) {
    rows.push(...(await load(unique.slice(start, start + CHUNK))));
  }
  return rows;
}
