/**
 * Database: connections, migrations, transactions and application-given ids.
 * The only place that opens a connection or a transaction. May import: platform.
 */
export * from './columns';
export * from './database';
export * from './database.module';
export { DataDirInUse } from './embedded/exclusive-use';
export * from './ids';
