import type { ConfigValues } from '@app/platform';
import { DataSource } from 'typeorm';
import { takeExclusiveUse } from './embedded/exclusive-use';
import { sqliteOptions } from './embedded/sqlite-options';
import { runMigrations } from './mysql/run-migrations';
import { mysqlOptions } from './mysql/mysql-options';

/**
 * Brings the schema of the metadata store up to date, as a server does when it starts.
 * @returns the names of the migrations that were run
 * @throws StoreUnreachable, DataDirInUse
 */
export async function migrate(values: ConfigValues): Promise<string[]> {
  return values.MYSQL_HOST === undefined ? migrateEmbedded(values) : runMigrations(await mysqlOptions(values));
}

async function migrateEmbedded({ DATA_DIR }: ConfigValues): Promise<string[]> {
  const exclusiveUse = takeExclusiveUse(DATA_DIR);
  try {
    const source = await new DataSource({ ...sqliteOptions(DATA_DIR), migrationsRun: false }).initialize();
    const run = await source.runMigrations({ transaction: 'each' });
    await source.destroy();
    return run.map(({ name }) => name);
  } finally {
    exclusiveUse.release();
  }
}
