import type { EntityManager } from 'typeorm';
import { isEmbedded, placeholders } from './sql-text';

/** A condition, and the values of its placeholders. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * That columns have, together, the values of one of the tuples.
 * @param tuples at least one; each has a value for each column
 */
export function isOneOf(
  tx: EntityManager,
  columns: readonly string[],
  tuples: readonly (readonly unknown[])[],
): Condition {
  const all = padded(tuples);
  const list = placeholders(columns.length, all.length);
  return {
    sql: `(${columns.join(', ')}) IN (${isEmbedded(tx) ? `VALUES ${list}` : list})`,
    parameters: all.flat(),
  };
}

/** Repeats the last one up to the next power of two: so few statements differ, and the embedded store keeps them prepared. */
export function padded<Value>(values: readonly Value[]): Value[] {
  const size = 2 ** Math.ceil(Math.log2(Math.max(1, values.length)));
  return Array.from({ length: size }, (_, index) => values[Math.min(index, values.length - 1)] as Value);
}
