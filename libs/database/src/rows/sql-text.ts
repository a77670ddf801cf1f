import type { EntityManager } from 'typeorm';

export function isEmbedded(tx: EntityManager): boolean {
  return tx.connection.options.type === 'better-sqlite3';
}

/** `(?, ?), (?, ?)`: for so many rows of so many values. */
export function placeholders(columns: number, rows: number): string {
  const row = `(${Array<string>(columns).fill('?').join(', ')})`;
  return Array<string>(rows).fill(row).join(', ');
}
