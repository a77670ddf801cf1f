/**
 * Database: connections, migrations, transactions and application-given ids.
 * The only place that opens a connection or a transaction. May import: platform.
 */
export * from './columns';
export * from './database';
export * from './database.module';
export { DataDirInUse } from './embedded/exclusive-use';
export { IdBlockEntity } from './id-block.entity';
export * from './ids';
export * from './migrate';
export { DocumentStore } from './mongo/document-store';
export * from './mongo/mongo.module';
export * from './mongo/open-documents-for-reading';
export { isLost } from './mysql/mysql-failures';
export * from './open-for-reading';
export * from './read-in-order';
export { isOneOf, padded } from './rows/in-tuples';
export * from './rows/row-statements';
export { placeholders } from './rows/sql-text';
