import { Injectable, OnModuleInit } from '@nestjs/common';
import { EventBus } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { UsersRepository } from './persistence/users.repository';
import { Remembered } from './remembered';
import type { PersonName } from './user';
import { UserChanged, UserDeleted } from './users.events';

interface Entry {
  readonly name: PersonName;
  readonly isActive: boolean;
}

/** Who is who: names for what people write, from memory if it can. Changes show as soon as they are committed. */
@Injectable()
export class UserDirectory implements OnModuleInit {
  private readonly known: Remembered<number, Entry>;

  constructor(
    private readonly users: UsersRepository,
    private readonly events: EventBus,
  ) {
    this.known = new Remembered(events);
  }

  onModuleInit(): void {
    this.known.watch();
    this.events.on(UserChanged, ({ userId }) => this.known.forget([userId]));
    this.events.on(UserDeleted, ({ userId }) => this.known.forget([userId]));
  }

  /** The names by id; deleted accounts are called `deleted user`, ids that never were given are left out. */
  async getNames(userIds: readonly number[]): Promise<Map<number, PersonName>> {
    const names = new Map<number, PersonName>();
    for (const [userId, { name }] of await this.findEntries(userIds)) names.set(userId, name);
    return names;
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

  /** Keeps an account as it is until the transaction ends; whoever else wants to hold it waits until then. */
  hold(userId: number, tx: EntityManager): Promise<void> {
    return this.users.hold(tx, userId);
  }

  /**
   * Whose e-mail addresses these are; those that nobody has are left out.
   * @param folded in the form in which addresses are compared, which also are the keys of the answer
   * @param tx asks within this transaction
   */
  findIdsByEmail(folded: readonly string[], tx?: EntityManager): Promise<Map<string, number>> {
    return this.users.findIdsByEmail(folded, tx);
  }

  private async findEntries(userIds: readonly number[]): Promise<Map<number, Entry>> {
    const found = new Map<number, Entry>();
    const missing: number[] = [];
    for (const userId of new Set(userIds)) {
      const entry = this.known.find(userId);
      if (entry) found.set(userId, entry);
      else missing.push(userId);
    }
    for (const [userId, entry] of await this.load(missing)) found.set(userId, entry);
    return found;
  }

  private async load(userIds: readonly number[]): Promise<readonly (readonly [number, Entry])[]> {
    if (userIds.length === 0) return [];
    return this.known.load(async () => {
      const users = await this.users.findAll(userIds);
      return users.map(({ id, username, email, fullName, isActive }) => {
        return [id, { name: { username, email, fullName }, isActive }] as const;
      });
    });
  }
}
