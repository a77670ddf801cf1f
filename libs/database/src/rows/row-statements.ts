import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { RowLock } from '../database';
import { padded } from './in-tuples';
import { addStored, MappedColumn, mappingOf } from './row-mapping';
import { isEmbedded, placeholders } from './sql-text';

/**
 * The statements that every message needs, with the mapping of the entities and without TypeORM's query builder,
 * which costs more than the store does. For all else use TypeORM as it is.
 */

const LOCKS = { pessimistic_write: ' FOR UPDATE', pessimistic_read: ' LOCK IN SHARE MODE' };

/**
 * SQLite would copy each page that a statement of several rows changes, to take back half of it should the other half
 * fail: that is two thirds of its time. Whoever calls this gives up the whole transaction then.
 */
const INSERTS = { embedded: 'INSERT OR FAIL INTO', server: 'INSERT INTO' };

/**
 * @param rows whole: a property that is missing is stored as null, whatever its default
 * @throws QueryFailedError; some of the rows may be stored then, and the transaction has to be rolled back
 */
export async function insertRows<Row extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntityTarget<Row>,
  rows: readonly Row[],
): Promise<void> {
  const { table, columns: all } = mappingOf(tx, entity);
  const insert = isEmbedded(tx) ? INSERTS.embedded : INSERTS.server;
  for (const chunk of chunksOf(tx, rows)) {
    const columns = all.filter((column) => isNeeded(column, chunk));
    const names = columns.map(({ name }) => tx.connection.driver.escape(name)).join(', ');
    const values: unknown[] = [];
    for (const row of chunk) addStored(values, columns, row);
    await tx.query(`${insert} ${table} (${names}) VALUES ${placeholders(columns.length, chunk.length)}`, values);
  }
}

/**
 * @param rest of the statement after `FROM`, with `?` for values
 * @returns plain objects with the properties of the entity
 */
export async function findRows<Row extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntityTarget<Row>,
  rest: string,
  parameters: readonly unknown[],
  { lock }: RowLock = {},
): Promise<Row[]> {
  const { table, columns, selection } = mappingOf(tx, entity);
  const sql = `SELECT ${selection} FROM ${table} ${rest}${lock ? LOCKS[lock.mode] : ''}`;
  const found: ObjectLiteral[] = await tx.query(sql, [...parameters]);
  for (const { property, fromStore } of columns) {
    if (fromStore) for (const row of found) row[property] = fromStore(row[property]);
  }
  return found as Row[];
}

/**
 * Stores some properties of rows that exist, in one statement however many they are.
 * @param rows with the primary key, which is `id`
 */
export async function updateRows<Row extends ObjectLiteral & { readonly id: number }>(
  tx: EntityManager,
  entity: EntityTarget<Row>,
  properties: readonly (keyof Row & string)[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const { table, columns } = mappingOf(tx, entity);
  const changed = columns.filter(({ property }) => properties.includes(property));
  await (isEmbedded(tx) ? updateFromValues : updateByCases)(tx, table, changed, rows);
}

async function updateFromValues(
  tx: EntityManager,
  table: string,
  columns: readonly MappedColumn[],
  rows: readonly (ObjectLiteral & { readonly id: number })[],
): Promise<void> {
  const all = padded(rows);
  const values: unknown[] = [];
  for (const row of all) {
    values.push(row.id);
    addStored(values, columns, row);
  }
  const assignments = columns.map(({ name }, index) => `${name} = changed.column${index + 2}`);
  await tx.query(
    `UPDATE ${table} SET ${assignments.join(', ')}
       FROM (VALUES ${placeholders(columns.length + 1, all.length)}) AS changed WHERE id = changed.column1`,
    values,
  );
}

async function updateByCases(
  tx: EntityManager,
  table: string,
  columns: readonly MappedColumn[],
  rows: readonly (ObjectLiteral & { readonly id: number })[],
): Promise<void> {
  const cases = `CASE id ${'WHEN ? THEN ? '.repeat(rows.length)}END`;
  const assignments = columns.map(({ name }) => `${name} = ${cases}`);
  const values: unknown[] = [];
  for (const column of columns) {
    for (const row of rows) {
      values.push(row.id);
      addStored(values, [column], row);
    }
  }
  const ids = rows.map(({ id }) => id);
  const marks = ids.map(() => '?').join(', ');
  await tx.query(`UPDATE ${table} SET ${assignments.join(', ')} WHERE id IN (${marks})`, [...values, ...ids]);
}

/** Most rows have nothing in most of the columns that may be empty, and each value takes its time. */
function isNeeded({ property, isNullByDefault }: MappedColumn, rows: readonly ObjectLiteral[]): boolean {
  return !isNullByDefault || rows.some((row) => (row[property] ?? null) !== null);
}

/** For the embedded store powers of two, so that it keeps the statements prepared; for a server in one, to spare round trips. */
function chunksOf<Row>(tx: EntityManager, rows: readonly Row[]): Row[][] {
  if (!isEmbedded(tx)) return rows.length === 0 ? [] : [[...rows]];
  const chunks: Row[][] = [];
  for (let start = 0; start < rows.length;) {
    const size = 2 ** Math.floor(Math.log2(rows.length - start));
    chunks.push(rows.slice(start, start + size));
    start += size;
  }
  return chunks;
}
