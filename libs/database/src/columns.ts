import type { ColumnOptions, PrimaryColumnOptions } from 'typeorm';

/**
 * Column types that mean the same on every store. MySQL gives 64-bit integers back as strings;
 * ours stay below 2^53 and are numbers everywhere.
 */
export const asNumber = {
  to: (value: number | null | undefined) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

/** An id, a `seq`, a count: a whole number below 2^53. */
export function integerColumn(options: ColumnOptions = {}): ColumnOptions {
  return { ...options, type: 'bigint', transformer: asNumber };
}

/** The same as (part of) a primary key. */
export function integerKey(options: { name?: string } = {}): PrimaryColumnOptions {
  return { ...options, type: 'bigint', transformer: asNumber };
}

/** A moment in UTC, to the millisecond; always set from code, since SQLite's own clock has whole seconds. */
export function timeColumn(options: ColumnOptions = {}): ColumnOptions {
  return { ...options, type: 'datetime', precision: 3 };
}
