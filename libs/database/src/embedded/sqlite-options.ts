import { join, resolve } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import type { DataSourceOptions } from 'typeorm';
import { SQLITE_MIGRATIONS } from '../migrations/sqlite';

/**
 * The embedded store. WAL gives readers a snapshot while someone writes;
 * `synchronous = FULL` puts each commit on disk before it is acknowledged.
 */
export function sqliteOptions(dataDir: string): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    database: join(resolve(dataDir), 'chat.sqlite'),
    prepareDatabase: (connection: BetterSqlite3.Database) => {
      if (!connection.readonly) connection.pragma('journal_mode = WAL');
      connection.pragma('synchronous = FULL');
      connection.pragma('temp_store = MEMORY');
    },
    statementCacheSize: 500,
    migrations: [...SQLITE_MIGRATIONS],
    migrationsRun: true,
    migrationsTransactionMode: 'each',
  };
}
