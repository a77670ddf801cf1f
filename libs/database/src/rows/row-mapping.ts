import { rememberLast } from '@app/platform';
import type { DataSource, EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { asNumber } from '../columns';
import { isEmbedded } from './sql-text';

/** Whose values are the same in the database; of the embedded store also those of `bigint` columns of ours. */
const TEXTS: readonly unknown[] = ['varchar', 'text'];

export interface MappedColumn {
  readonly property: string;
  readonly name: string;
  /** Whether a row that is stored without it has null there. */
  readonly isNullByDefault: boolean;
  /** Of a value that is not null. Undefined where nothing is to be done. */
  readonly toStore: ((value: unknown) => unknown) | undefined;
  /** Of a value that was read, null too. Undefined where nothing is to be done. */
  readonly fromStore: ((stored: unknown) => unknown) | undefined;
}

/** How an entity stands in the database, as TypeORM has it from the entity's decorators. */
export interface RowMapping {
  readonly table: string;
  readonly columns: readonly MappedColumn[];
  /** Their names in the database, each as its property, separated by commas. */
  readonly selection: string;
}

const mappings = new WeakMap<DataSource, Map<unknown, RowMapping>>();

export function mappingOf(tx: EntityManager, entity: EntityTarget<ObjectLiteral>): RowMapping {
  const known = mappings.get(tx.connection) ?? new Map<unknown, RowMapping>();
  mappings.set(tx.connection, known);
  const mapping = known.get(entity) ?? makeMapping(tx, entity);
  known.set(entity, mapping);
  return mapping;
}

/** The values of a row for some columns, in their order, after those that are in the list already. */
export function addStored(values: unknown[], columns: readonly MappedColumn[], row: ObjectLiteral): void {
  for (const { property, toStore } of columns) {
    const value = (row[property] ?? null) as unknown;
    values.push(value === null || !toStore ? value : toStore(value));
  }
}

function makeMapping(tx: EntityManager, entity: EntityTarget<ObjectLiteral>): RowMapping {
  const { tableName, columns } = tx.connection.getMetadata(entity);
  const quote = (name: string): string => tx.connection.driver.escape(name);
  return {
    table: quote(tableName),
    columns: columns.map((column) => mapColumn(tx, column)),
    selection: columns
      .map(({ databaseName, propertyName }) => `${quote(databaseName)} AS ${quote(propertyName)}`)
      .join(', '),
  };
}

function mapColumn(tx: EntityManager, column: ColumnMetadata): MappedColumn {
  const { driver } = tx.connection;
  // All rows of a commit have the same moment, which is a text on the embedded store: it is written out once.
  const convert = rememberLast((value) => driver.preparePersistentValue(value, column) as unknown);
  return {
    property: column.propertyName,
    name: column.databaseName,
    isNullByDefault: column.isNullable && (column.default ?? null) === null,
    toStore: isText(column) || isInteger(column) ? undefined : convert,
    fromStore: fromStoreOf(tx, column),
  };
}

function fromStoreOf(tx: EntityManager, column: ColumnMetadata): MappedColumn['fromStore'] {
  if (isText(column)) return undefined;
  if (isEmbedded(tx) && isInteger(column)) return undefined;
  if (isEmbedded(tx) && !column.transformer && column.type === 'datetime') return timeFromText;
  return rememberLast((stored) => tx.connection.driver.prepareHydratedValue(stored, column) as unknown);
}

function isText({ transformer, type }: ColumnMetadata): boolean {
  return !transformer && TEXTS.includes(type);
}

function isInteger({ transformer }: ColumnMetadata): boolean {
  return transformer === asNumber;
}

/** TypeORM reads many forms of times; the embedded store has this one only: `2026-01-31 09:08:07.123`, in UTC. */
function timeFromText(stored: unknown): Date | null {
  return typeof stored === 'string' ? new Date(`${stored.slice(0, 10)}T${stored.slice(11)}Z`) : null;
}
