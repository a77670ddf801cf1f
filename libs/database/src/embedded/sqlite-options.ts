import { join, resolve } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import type { DataSourceOptions } from 'typeorm';
import { SQLITE_MIGRATIONS } from '../migrations/sqlite';

/**
 * Of a file that is new. Each message is stored beside those of its chat, and a commit writes every page that it touches:
 * with messages of 256 chats in it, pages of 4 KiB take it a fifth more time.
 */
const PAGE_BYTES = 2048;
/** A checkpoint syncs two files more, and moves a page once, however often it has changed since the last. */
const PAGES_BETWEEN_CHECKPOINTS = 8000;
/** Of the file's pages, for each connection, once they are used. */
const CACHE_KIB = 16 * 1024;

/**
 * The embedded store. WAL gives readers a snapshot while someone writes;
 * `synchronous = FULL` puts each commit on disk before it is acknowledged.
 */
export function sqliteOptions(dataDir: string): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    database: join(resolve(dataDir), 'chat.sqlite'),
    prepareDatabase: (connection: BetterSqlite3.Database) => {
      if (!connection.readonly) {
        connection.pragma(`page_size = ${PAGE_BYTES}`);
        connection.pragma('journal_mode = WAL');
      }
      connection.pragma('synchronous = FULL');
      connection.pragma('temp_store = MEMORY');
      connection.pragma(`wal_autocheckpoint = ${PAGES_BETWEEN_CHECKPOINTS}`);
      connection.pragma(`cache_size = -${CACHE_KIB}`);
    },
    statementCacheSize: 500,
    migrations: [...SQLITE_MIGRATIONS],
    migrationsRun: true,
    migrationsTransactionMode: 'each',
  };
}
