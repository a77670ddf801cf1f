import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/** Another process serves this folder. The embedded store belongs to one server at a time. */
export class DataDirInUse extends Error {
  constructor(dataDir: string) {
    super(`DATA_DIR ${dataDir} is in use by another server; stop it, or give this one its own DATA_DIR`);
    this.name = 'DataDirInUse';
  }
}

/**
 * Two servers on one embedded store would not hear of each other's messages, so the second one is refused.
 * The lock is SQLite's own lock on a file beside the data: the system drops it when the process ends, however it ends.
 * @throws DataDirInUse
 */
export function takeExclusiveUse(dataDir: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true });
  const lock = new BetterSqlite3(join(dataDir, 'server.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') throw new DataDirInUse(dataDir);
    throw error;
  }
  return { release: () => lock.close() };
}
