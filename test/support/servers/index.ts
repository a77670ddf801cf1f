/**
 * Real servers for tests. Most suites want `describeWith`: fresh databases on servers that the run shares.
 * Those that kill and pause start their own: `new MariaDb().start()`, with `makeMysqlDatabase(server.url)`.
 */
export { describeIfThere, describeWith } from './describe-with';
export { Link } from './link';
export { MariaDb } from './mariadb';
export { MongoServer } from './mongo';
export { RedisServer } from './redis-server';
export { openS3, S3Server } from './s3-server';
export { makeBucket, makeMongoDatabase, makeMysqlDatabase } from './stores';
