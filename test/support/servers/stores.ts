import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { mongo } from 'mongoose';
import { createConnection } from 'mysql2/promise';
import type { ServerName } from './kinds';
import { givenUrl } from './kinds';
import { RedisServer } from './redis-server';
import { openS3 } from './s3-server';
import { sharedUrl } from './shared-servers';

/** Settings of the product, by the names of their variables. */
export type StoreSettings = Record<string, string>;

/** A place of one's own on a server: what the product has to be told to use it, and how to give it back. */
export interface Store {
  readonly settings: StoreSettings;
  drop(): Promise<void>;
}

const TAKE: Record<ServerName, () => Promise<Store>> = {
  mariadb: async () => makeMysqlDatabase(await sharedUrl('mariadb')),
  mongo: async () => makeMongoDatabase(await sharedUrl('mongo')),
  redis: takeRedis,
  s3: async () => makeBucket(await sharedUrl('s3')),
};

/** Fresh stores of these kinds, which nobody else uses. */
export async function takeStores(names: readonly ServerName[]): Promise<Store> {
  const stores = await Promise.all(names.map((name) => TAKE[name]()));
  return {
    settings: Object.assign({}, ...stores.map(({ settings }) => settings)) as StoreSettings,
    drop: async () => void (await Promise.all(stores.map((store) => store.drop()))),
  };
}

/** A fresh database on the MySQL or MariaDB server of this URL. */
export async function makeMysqlDatabase(url: string): Promise<Store> {
  const name = uniqueName();
  await runSql(url, `CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
  const { hostname, port, username, password } = new URL(url);
  const settings = {
    MYSQL_HOST: hostname,
    MYSQL_PORT: port || '3306',
    MYSQL_USER: decodeURIComponent(username),
    MYSQL_PASSWORD: decodeURIComponent(password),
    MYSQL_DATABASE: name,
  };
  return { settings, drop: () => runSql(url, `DROP DATABASE IF EXISTS \`${name}\``) };
}

/** A database of a fresh name on the MongoDB server of this URL; it is there with its first document. */
export async function makeMongoDatabase(url: string): Promise<Store> {
  const name = uniqueName();
  const drop = async () => {
    const client = new mongo.MongoClient(url);
    try {
      await client.db(name).dropDatabase();
    } finally {
      await client.close();
    }
  };
  return { settings: { MONGODB_URL: url, MONGODB_DATABASE: name }, drop };
}

/** A bucket of a fresh name on the S3 server of this URL. */
export async function makeBucket(url: string): Promise<Store> {
  const client = openS3(url);
  const { origin, username, password } = new URL(url);
  const Bucket = uniqueName().replace('_', '-');
  await client.createBucket({ Bucket });
  const settings = {
    S3_BUCKET: Bucket,
    S3_ENDPOINT: origin,
    S3_ACCESS_KEY_ID: decodeURIComponent(username),
    S3_SECRET_ACCESS_KEY: decodeURIComponent(password),
  };
  const drop = async () => {
    for (let isMore = true; isMore;) {
      const { Contents = [], IsTruncated = false } = await client.listObjectsV2({ Bucket });
      await Promise.all(Contents.map(({ Key }) => client.deleteObject({ Bucket, Key })));
      isMore = IsTruncated;
    }
    await client.deleteBucket({ Bucket });
    client.destroy();
  };
  return { settings, drop };
}

/** One of our own: it is quickly started, and many of its databases would have to be shared out. */
async function takeRedis(): Promise<Store> {
  const given = givenUrl('redis');
  if (given !== undefined) return takeRedisDatabase(given);
  const server = await new RedisServer().start();
  return { settings: { REDIS_URL: server.url }, drop: () => server.stop() };
}

let databasesTaken = 0;

/** One of the 16 databases that a Redis has, emptied: enough for the few suites that run at once. */
async function takeRedisDatabase(url: string): Promise<Store> {
  const worker = Number(process.env.JEST_WORKER_ID ?? 1);
  const database = (worker * 4 + (databasesTaken++ % 4)) % 16;
  const client = new Redis(url, { db: database });
  try {
    await client.flushdb();
  } finally {
    client.disconnect();
  }
  return { settings: { REDIS_URL: new URL(`/${database}`, url).href }, drop: async () => undefined };
}

async function runSql(url: string, statement: string): Promise<void> {
  const connection = await createConnection({ uri: url });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

function uniqueName(): string {
  return `chat_${randomBytes(6).toString('hex')}`;
}
