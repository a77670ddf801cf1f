import type { EntityManager, EntityTarget, FindOptionsOrder, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { And, LessThanOrEqual, MoreThan } from 'typeorm';

const PAGE_SIZE = 1000;

export interface Stretch {
  /** Rows whose first key is above this. */
  readonly above: number;
  /** Rows whose first key is at most this. */
  readonly upTo: number;
}

/**
 * Every row of a table whose primary key is two numbers, in its order, a page at a time: the table may be of any size.
 * Each page starts behind the last row of the one before, in two statements that the key serves on every store:
 * `(a, b) > (?, ?)` in one is a full scan on MySQL.
 */
export async function* readInOrder<Row extends ObjectLiteral>(
  view: EntityManager,
  table: EntityTarget<Row>,
  [first, second]: readonly [keyof Row & string, keyof Row & string],
  stretch: Stretch,
): AsyncGenerator<Row> {
  const order = { [first]: 'ASC', [second]: 'ASC' } as FindOptionsOrder<Row>;
  const read = (where: object, take: number) =>
    view.find(table, { where: where as FindOptionsWhere<Row>, order, take });
  let last: Row | undefined;
  for (;;) {
    const page = last ? await read({ [first]: last[first], [second]: MoreThan(last[second]) }, PAGE_SIZE) : [];
    if (page.length < PAGE_SIZE) {
      const behind = And(MoreThan<number>(last?.[first] ?? stretch.above), LessThanOrEqual<number>(stretch.upTo));
      page.push(...(await read({ [first]: behind }, PAGE_SIZE - page.length)));
    }
    yield* page;
    if (page.length < PAGE_SIZE) return;
    last = page.at(-1);
  }
}
