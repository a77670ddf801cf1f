import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { makePage, Page, PageRequest, pageOffset } from '@app/platform';
import { EntityManager, In, IsNull, LessThan, LessThanOrEqual, MoreThan } from 'typeorm';
import { SessionEntity } from './session.entity';

/** What happens to a session when its refresh token is exchanged. */
export interface Rotation {
  readonly oldHash: string;
  readonly newHash: string;
  readonly expiresAt: Date;
  /** Kept as it was if not known. */
  readonly userAgent: string | null;
}

/** Log-ins. Live are those that were neither ended nor have expired. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  findLive(id: string, now: Date, view: EntityManager = this.database.reads): Promise<SessionEntity | null> {
    return view.findOneBy(SessionEntity, { id, ...live(now) });
  }

  /** Those of the sessions that are live. */
  async findLiveIds(ids: readonly string[], now: Date): Promise<Set<string>> {
    const where = { id: In([...ids]), ...live(now) };
    const rows = await this.database.reads.find(SessionEntity, { select: { id: true }, where });
    return new Set(rows.map(({ id }) => id));
  }

  /** Live sessions, the one used last first. */
  findPage(userId: number, request: PageRequest, now: Date): Promise<Page<SessionEntity>> {
    return this.database.snapshot(async (view) => {
      const [rows, total] = await view.findAndCount(SessionEntity, {
        where: { userId, ...live(now) },
        order: { lastUsedAt: 'DESC', createdAt: 'DESC', id: 'ASC' },
        skip: pageOffset(request),
        take: request.limit,
      });
      return makePage(rows, total, request);
    });
  }

  /** Sessions that were not ended, the one used last first; expired ones that were not swept yet are among them. */
  async findOpenIds(tx: EntityManager, userId: number): Promise<string[]> {
    const rows = await tx.find(SessionEntity, {
      select: { id: true },
      where: { userId, endedAt: IsNull() },
      order: { lastUsedAt: 'DESC', createdAt: 'DESC', id: 'ASC' },
    });
    return rows.map(({ id }) => id);
  }

  async insert(tx: EntityManager, session: SessionEntity): Promise<void> {
    await tx.insert(SessionEntity, session);
  }

  /** Exchanges the refresh token. @returns false if `oldHash` is not (any more) the one that is good */
  async rotate(tx: EntityManager, id: string, rotation: Rotation, now: Date): Promise<boolean> {
    const { oldHash, newHash, expiresAt, userAgent } = rotation;
    const { affected } = await tx.update(
      SessionEntity,
      { id, refreshHash: oldHash, ...live(now) },
      { refreshHash: newHash, expiresAt, lastUsedAt: now, ...(userAgent !== null && { userAgent }) },
    );
    return affected === 1;
  }

  /** @returns how many of them were not over before */
  async end(tx: EntityManager, ids: readonly string[], now: Date): Promise<number> {
    if (ids.length === 0) return 0;
    const { affected } = await tx.update(SessionEntity, { id: In([...ids]), endedAt: IsNull() }, { endedAt: now });
    return affected ?? 0;
  }

  async setLastUsed(tx: EntityManager, ids: readonly string[], lastUsedAt: Date): Promise<void> {
    if (ids.length === 0) return;
    await tx.update(SessionEntity, { id: In([...ids]) }, { lastUsedAt });
  }

  /** Sessions that have expired without anybody ending them. */
  findExpired(
    limit: number,
    now: Date,
    view: EntityManager = this.database.reads,
  ): Promise<Pick<SessionEntity, 'id' | 'userId'>[]> {
    return view.find(SessionEntity, {
      select: { id: true, userId: true },
      where: { endedAt: IsNull(), expiresAt: LessThanOrEqual(now) },
      take: limit,
    });
  }

  async findEndedBefore(moment: Date, limit: number): Promise<string[]> {
    const rows = await this.database.reads.find(SessionEntity, {
      select: { id: true },
      where: { endedAt: LessThan(moment) },
      take: limit,
    });
    return rows.map(({ id }) => id);
  }

  async delete(tx: EntityManager, ids: readonly string[]): Promise<void> {
    await tx.delete(SessionEntity, { id: In([...ids]) });
  }
}

function live(now: Date) {
  return { endedAt: IsNull(), expiresAt: MoreThan(now) };
}
