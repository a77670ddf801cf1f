import { ConfigValues, StoreUnreachable } from '@app/platform';
import mysql from 'mysql2';
import type { DataSourceOptions } from 'typeorm';
import { MYSQL_MIGRATIONS } from '../migrations/mysql';
import { boundedDriver } from './bounded-pool';
import { SlowQueryLog } from './slow-query-log';

/** TypeORM tells the two apart; under the wrong name its migrations never settle. */
type ServerKind = 'mysql' | 'mariadb';

export type MysqlSettings = Pick<
  ConfigValues,
  | 'MYSQL_HOST'
  | 'MYSQL_PORT'
  | 'MYSQL_USER'
  | 'MYSQL_PASSWORD'
  | 'MYSQL_DATABASE'
  | 'MYSQL_POOL_SIZE'
  | 'STORE_TIMEOUT_MS'
>;

/** Of MySQL or MariaDB, whichever answers there. @throws StoreUnreachable */
export async function mysqlOptions(settings: MysqlSettings): Promise<DataSourceOptions> {
  const login = loginOf(settings);
  return {
    type: await identify(settings),
    driver: boundedDriver(settings.STORE_TIMEOUT_MS),
    ...login,
    username: login.user,
    poolSize: settings.MYSQL_POOL_SIZE,
    charset: 'utf8mb4',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    maxQueryExecutionTime: settings.STORE_TIMEOUT_MS,
    enableQueryTimeout: true,
    logger: new SlowQueryLog(),
    migrations: [...MYSQL_MIGRATIONS],
    migrationsTransactionMode: 'each',
  };
}

/** The same without limits on time: a migration of a large table takes as long as it takes. */
export function patientOptions(options: DataSourceOptions): DataSourceOptions {
  return {
    ...options,
    driver: mysql,
    poolSize: 3,
    maxQueryExecutionTime: undefined,
    enableQueryTimeout: false,
  } as never;
}

async function identify(settings: MysqlSettings): Promise<ServerKind> {
  const connection = mysql.createConnection(loginOf(settings)).promise();
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    const [{ version }] = rows as [{ version: string }];
    return /mariadb/i.test(version) ? 'mariadb' : 'mysql';
  } catch (error) {
    const { MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_DATABASE } = settings;
    throw new StoreUnreachable('MYSQL_HOST', `${MYSQL_USER}@${MYSQL_HOST}:${MYSQL_PORT}/${MYSQL_DATABASE}`, error);
  } finally {
    connection.destroy();
  }
}

function loginOf(settings: MysqlSettings) {
  return {
    host: settings.MYSQL_HOST,
    port: settings.MYSQL_PORT,
    user: settings.MYSQL_USER,
    password: settings.MYSQL_PASSWORD,
    database: settings.MYSQL_DATABASE,
    connectTimeout: settings.STORE_TIMEOUT_MS,
  };
}
