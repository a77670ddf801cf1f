import { existsSync } from 'node:fs';
import type { ConfigValues } from '@app/platform';
import { DataSource, DataSourceOptions } from 'typeorm';
import type { Database } from './database';
import { EmbeddedDatabase } from './embedded/embedded-database';
import { sqliteOptions } from './embedded/sqlite-options';
import { boundedDriver } from './mysql/bounded-pool';
import { MysqlDatabase } from './mysql/mysql-database';
import { mysqlOptions } from './mysql/mysql-options';

type Entities = readonly (new () => object)[];

/** There is no database where the settings say that it is. */
export class StoreNotFound extends Error {
  constructor(where: string) {
    super(`${where}: there is no database`);
    this.name = 'StoreNotFound';
  }
}

/** Nobody waits for an answer here as a client does, and a page of a large table may come from a slow disk. */
const MIN_TIMEOUT_MS = 30_000;

/**
 * The metadata store for looking only, beside the servers that use it: takes no lock, changes no schema, and its
 * connections refuse writes. Close it at the end.
 * @throws StoreNotFound, StoreUnreachable
 */
export async function openForReading(values: ConfigValues, entities: Entities): Promise<Database> {
  if (values.MYSQL_HOST === undefined) return openEmbedded(values, entities);
  const timeoutMs = Math.max(values.STORE_TIMEOUT_MS, MIN_TIMEOUT_MS);
  const options = await mysqlOptions({ ...values, STORE_TIMEOUT_MS: timeoutMs });
  const readOnly = { ...options, driver: readOnlyDriver(timeoutMs), entities: [...entities] } as DataSourceOptions;
  return new MysqlDatabase(await new DataSource(readOnly).initialize(), { ownsSource: true });
}

/** Every session of its pool refuses to write, whatever its user may do. */
function readOnlyDriver(timeoutMs: number): ReturnType<typeof boundedDriver> {
  const driver = boundedDriver(timeoutMs);
  return {
    createPool: (options) =>
      driver.createPool(options).on('connection', (connection) => {
        connection.query('SET SESSION TRANSACTION READ ONLY', (error) => {
          if (error) connection.destroy();
        });
      }),
  };
}

async function openEmbedded({ DATA_DIR }: ConfigValues, entities: Entities): Promise<Database> {
  const options = sqliteOptions(DATA_DIR);
  const file = String(options.database);
  if (!existsSync(file)) throw new StoreNotFound(`DATA_DIR ${file}`);
  const readOnly = { ...options, entities: [...entities], readonly: true, migrationsRun: false } as DataSourceOptions;
  const open = () => new DataSource(readOnly).initialize();
  const [reader, snapshotReader] = [await open(), await open()];
  return new EmbeddedDatabase(reader, reader, snapshotReader);
}
