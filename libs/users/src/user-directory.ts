import { Injectable, OnModuleInit } from '@nestjs/common';
import { EventBus } from '@app/platform';
import { LRUCache } from 'lru-cache';
import type { EntityManager } from 'typeorm';
import { UsersRepository } from './persistence/users.repository';
import type { PersonName } from './user';
import { UserChanged, UserDeleted } from './users.events';

const MAX_CACHED = 20_000;

interface Entry extends PersonName {
  readonly isActive: boolean;
}

/** Who is who: names for what people write, from memory if it can. Changes show as soon as they are committed. */
@Injectable()
export class UserDirectory implements OnModuleInit {
  private readonly known = new LRUCache<number, Entry>({ max: MAX_CACHED });
  /** Counts the changes, so that what was read before one is not remembered after it. */
  private changes = 0;

  constructor(
    private readonly users: UsersRepository,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    this.events.on(UserChanged, ({ userId }) => this.forget(userId));
    this.events.on(UserDeleted, ({ userId }) => this.forget(userId));
  }

  /** The names by id; deleted accounts are called `deleted user`, ids that never were given are left out. */
  async getNames(userIds: readonly number[]): Promise<Map<number, PersonName>> {
    const entries = await this.findEntries(userIds);
    return new Map([...entries].map(([userId, { username, fullName }]) => [userId, { username, fullName }]));
  }

  /**
   * Those of the ids whose accounts exist and are not deleted.
   * @param tx asks the database within this transaction, for whom memory is not good enough
   */
  async findActiveIds(userIds: readonly number[], tx?: EntityManager): Promise<Set<number>> {
    if (tx) return this.users.findActiveIds(userIds, tx);
    const entries = await this.findEntries(userIds);
    return new Set([...entries].filter(([, { isActive }]) => isActive).map(([userId]) => userId));
  }

  private async findEntries(userIds: readonly number[]): Promise<Map<number, Entry>> {
    const found = new Map<number, Entry>();
    const missing: number[] = [];
    for (const userId of new Set(userIds)) {
      const entry = this.known.get(userId);
      if (entry) found.set(userId, entry);
      else missing.push(userId);
    }
    for (const [userId, entry] of await this.load(missing)) found.set(userId, entry);
    return found;
  }

  private async load(userIds: readonly number[]): Promise<[number, Entry][]> {
    if (userIds.length === 0) return [];
    const changes = this.changes;
    const users = await this.users.findAll(userIds);
    const entries = users.map(({ id, username, fullName, isActive }): [number, Entry] => {
      return [id, { username, fullName, isActive }];
    });
    if (changes === this.changes) for (const [userId, entry] of entries) this.known.set(userId, entry);
    return entries;
  }

  private forget(userId: number): void {
    this.changes++;
    this.known.delete(userId);
  }
}
