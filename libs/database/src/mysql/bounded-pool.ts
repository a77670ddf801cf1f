import mysql, { Pool, PoolConnection, PoolOptions } from 'mysql2';

/** What the server is told about each new connection, before anything else. */
const SESSION = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  // Strict: what does not fit is an error, never cut off. Waiting for a row must end before the caller's patience does.
  `SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
       time_zone = '+00:00', innodb_lock_wait_timeout = 1`,
];

type GetConnection = (callback: (error: Error | null, connection?: PoolConnection) => void) => void;

/**
 * What TypeORM takes for the `mysql2` module: the same pool, but nobody waits for a connection longer than `acquireTimeoutMs`,
 * and a connection whose query timed out is thrown away. It would else go back to the pool with the answer still to come,
 * and everybody after would wait behind that.
 */
export function boundedDriver(acquireTimeoutMs: number): { createPool(options: PoolOptions): Pool } {
  return {
    createPool(options) {
      const pool = mysql.createPool(options);
      pool.on('connection', (connection) => {
        prepare(connection);
        dropAfterTimeout(connection);
      });
      boundWaiting(pool, acquireTimeoutMs);
      return pool;
    },
  };
}

function prepare(connection: PoolConnection): void {
  for (const statement of SESSION) {
    connection.query(statement, (error) => {
      if (error) connection.destroy();
    });
  }
}

function dropAfterTimeout(connection: PoolConnection): void {
  const query = connection.query.bind(connection) as (...args: unknown[]) => unknown;
  const bounded = (...args: unknown[]) => {
    const callback = args.at(-1);
    if (typeof callback !== 'function') return query(...args);
    return query(...args.slice(0, -1), (error: (Error & { code?: string }) | null, ...results: unknown[]) => {
      if (error?.code === 'PROTOCOL_SEQUENCE_TIMEOUT') connection.destroy();
      (callback as (...given: unknown[]) => void)(error, ...results);
    });
  };
  connection.query = bounded as typeof connection.query;
}

function boundWaiting(pool: Pool, timeoutMs: number): void {
  const getConnection = pool.getConnection.bind(pool) as GetConnection;
  const bounded: GetConnection = (callback) => {
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      const error = new Error(`no connection to the database within ${timeoutMs} ms`);
      callback(Object.assign(error, { code: 'ACQUIRE_TIMEOUT' }));
    }, timeoutMs);
    getConnection((error, connection) => {
      clearTimeout(timer);
      if (!isOver) callback(error, connection);
      else connection?.release();
    });
  };
  pool.getConnection = bounded as typeof pool.getConnection;
}
