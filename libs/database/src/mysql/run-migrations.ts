import { DataSource, DataSourceOptions } from 'typeorm';
import { patientOptions } from './mysql-options';

/** How long one node waits for another that migrates, in seconds. */
const MAX_WAIT_SECONDS = 600;

/**
 * Brings the schema up to date. Nodes that start at once take turns by a lock of the server's,
 * which ends with the connection that holds it; whoever comes second finds nothing to do.
 * @returns the names of the migrations that were run
 */
export async function runMigrations(options: DataSourceOptions): Promise<string[]> {
  const source = await new DataSource(patientOptions(options)).initialize();
  const holder = source.createQueryRunner();
  try {
    const [row] = await source.query<{ held: number | string | null }[]>(
      `SELECT GET_LOCK(CONCAT('chat_migrations_', DATABASE()), ?) AS held`,
      [MAX_WAIT_SECONDS],
      holder,
    );
    if (Number(row?.held) !== 1) {
      throw new Error(`another server has been migrating the database for over ${MAX_WAIT_SECONDS} s`);
    }
    const run = await source.runMigrations({ transaction: 'each' });
    return run.map(({ name }) => name);
  } finally {
    await holder.release();
    await source.destroy();
  }
}
