import type { DataSource, EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { RowLock } from '../database';
import { padded } from './in-tuples';
import { isEmbedded, placeholders } from './sql-text';

/**
 * The statements that every message needs, with the mapping of the entities and without TypeORM's query builder,
 * which costs more than the store does. For all else use TypeORM as it is.
 */

const LOCKS = { pessimistic_write: ' FOR UPDATE', pessimistic_read: ' LOCK IN SHARE MODE' };

const TEXTS: readonly unknown[] = ['varchar', 'text'];

interface Mapping {
  readonly table: string;
  readonly columns: readonly ColumnMetadata[];
  /** Their names in the database, separated by commas. */
  readonly names: string;
  /** The same, each as its property. */
  readonly selection: string;
  /** Those whose values are something else in the database. */
  readonly converted: readonly ColumnMetadata[];
}

const mappings = new WeakMap<DataSource, Map<unknown, Mapping>>();

/** @param rows whole: a property that is missing is stored as null, whatever its default */
export async function insertRows<Row extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntityTarget<Row>,
  rows: readonly Row[],
): Promise<void> {
  const { table, columns, names } = mappingOf(tx, entity);
  for (const chunk of chunksOf(tx, rows)) {
    const values = chunk.flatMap((row) => columns.map((column) => toStore(tx, column, row)));
    await tx.query(`INSERT INTO ${table} (${names}) VALUES ${placeholders(columns.length, chunk.length)}`, values);
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
  const { table, converted, selection } = mappingOf(tx, entity);
  const sql = `SELECT ${selection} FROM ${table} ${rest}${lock ? LOCKS[lock.mode] : ''}`;
  const found: ObjectLiteral[] = await tx.query(sql, [...parameters]);
  for (const row of found) {
    for (const column of converted) {
      const stored: unknown = row[column.propertyName];
      row[column.propertyName] = tx.connection.driver.prepareHydratedValue(stored, column) as unknown;
    }
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
  const changed = columns.filter(({ propertyName }) => properties.includes(propertyName));
  await (isEmbedded(tx) ? updateFromValues : updateByCases)(tx, table, changed, rows);
}

async function updateFromValues(
  tx: EntityManager,
  table: string,
  columns: readonly ColumnMetadata[],
  rows: readonly (ObjectLiteral & { readonly id: number })[],
): Promise<void> {
  const all = padded(rows);
  const values = all.flatMap((row) => [row.id, ...columns.map((column) => toStore(tx, column, row))]);
  const assignments = columns.map(({ databaseName }, index) => `${databaseName} = changed.column${index + 2}`);
  await tx.query(
    `UPDATE ${table} SET ${assignments.join(', ')}
       FROM (VALUES ${placeholders(columns.length + 1, all.length)}) AS changed WHERE id = changed.column1`,
    values,
  );
}

async function updateByCases(
  tx: EntityManager,
  table: string,
  columns: readonly ColumnMetadata[],
  rows: readonly (ObjectLiteral & { readonly id: number })[],
): Promise<void> {
  const cases = `CASE id ${'WHEN ? THEN ? '.repeat(rows.length)}END`;
  const assignments = columns.map(({ databaseName }) => `${databaseName} = ${cases}`);
  const values = columns.flatMap((column) => rows.flatMap((row) => [row.id, toStore(tx, column, row)]));
  const ids = rows.map(({ id }) => id);
  const marks = ids.map(() => '?').join(', ');
  await tx.query(`UPDATE ${table} SET ${assignments.join(', ')} WHERE id IN (${marks})`, [...values, ...ids]);
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

function mappingOf(tx: EntityManager, entity: EntityTarget<ObjectLiteral>): Mapping {
  const known = mappings.get(tx.connection) ?? new Map<unknown, Mapping>();
  mappings.set(tx.connection, known);
  const mapping = known.get(entity) ?? makeMapping(tx, entity);
  known.set(entity, mapping);
  return mapping;
}

function makeMapping({ connection }: EntityManager, entity: EntityTarget<ObjectLiteral>): Mapping {
  const { tableName, columns } = connection.getMetadata(entity);
  const quote = (name: string): string => connection.driver.escape(name);
  return {
    table: quote(tableName),
    columns,
    names: columns.map(({ databaseName }) => quote(databaseName)).join(', '),
    selection: columns
      .map(({ databaseName, propertyName }) => `${quote(databaseName)} AS ${quote(propertyName)}`)
      .join(', '),
    converted: columns.filter(({ type, transformer }) => transformer || !TEXTS.includes(type)),
  };
}

function toStore({ connection }: EntityManager, column: ColumnMetadata, row: ObjectLiteral): unknown {
  return connection.driver.preparePersistentValue(row[column.propertyName] ?? null, column);
}
