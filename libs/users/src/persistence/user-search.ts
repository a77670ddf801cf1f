import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { makePage, Page, PageRequest, pageOffset } from '@app/platform';
import { EntityManager, In } from 'typeorm';
import type { User } from '../user';
import { UserEntity } from './user.entity';
import { toUser } from './user.mapping';

/** So many matches by either name can be paged through: the search costs the same among ten people and ten million. */
const SEARCH_MAX_MATCHES = 1000;

/** Sorts behind everything that a prefix can go on with. */
const LAST_CHARACTER = '\u{10FFFF}';

/**
 * A range instead of LIKE: it has no wildcards to escape, and every store reads it from the index.
 * Deleted accounts have no names to be found by.
 */
const MATCHES = `
  SELECT users.id AS id FROM users WHERE users.id IN (
    SELECT by_username.id FROM (
      SELECT id FROM users WHERE username_folded >= ? AND username_folded < ? ORDER BY username_folded LIMIT ?
    ) by_username
    UNION
    SELECT by_full_name.id FROM (
      SELECT id FROM users WHERE full_name_folded >= ? AND full_name_folded < ? ORDER BY full_name_folded LIMIT ?
    ) by_full_name
  )
  ORDER BY users.username_folded, users.id`;

/** Finds people by the beginning of a name. */
@Injectable()
export class UserSearch {
  constructor(private readonly database: Database) {}

  /** @param prefix folded for comparison */
  find(prefix: string, request: PageRequest): Promise<Page<User>> {
    return this.database.snapshot(async (view) => {
      const ids = await this.findIds(view, prefix);
      const wanted = ids.slice(pageOffset(request), pageOffset(request) + request.limit);
      const rows = await view.findBy(UserEntity, { id: In(wanted) });
      const byId = new Map(rows.map((row) => [row.id, toUser(row)]));
      const users = wanted.map((id) => byId.get(id)).filter((user) => user !== undefined);
      return makePage(users, ids.length, request);
    });
  }

  private async findIds(view: EntityManager, prefix: string): Promise<number[]> {
    const range = [prefix, prefix + LAST_CHARACTER, SEARCH_MAX_MATCHES];
    const rows: { id: number }[] = await view.query(MATCHES, [...range, ...range]);
    return rows.map(({ id }) => id);
  }
}
