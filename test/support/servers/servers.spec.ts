import { Redis } from 'ioredis';
import { mongo } from 'mongoose';
import { createConnection } from 'mysql2/promise';
import { within } from '../wait';
import {
  describeIfThere,
  describeWith,
  Link,
  makeMongoDatabase,
  makeMysqlDatabase,
  MariaDb,
  MongoServer,
  RedisServer,
} from './index';

const START_TIMEOUT_MS = 600_000;

/** Runs one statement on a connection of its own. */
async function sql(uri: string, statement: string): Promise<unknown> {
  const connection = await createConnection({ uri, connectTimeout: 2000 });
  connection.on('error', () => undefined);
  try {
    const [rows] = await connection.query(statement);
    return rows;
  } finally {
    connection.destroy();
  }
}

describeIfThere(['mariadb'], 'a private MariaDB', () => {
  const server = new MariaDb();
  beforeAll(() => server.start(), START_TIMEOUT_MS);
  afterAll(() => server.stop());

  test('keeps what it committed when it is killed, and comes back at the same address', async () => {
    const url = server.url;
    const { settings, drop } = await makeMysqlDatabase(url);
    const words = `${settings.MYSQL_DATABASE}.words`;
    await sql(url, `CREATE TABLE ${words} (word VARCHAR(50)) ENGINE=InnoDB`);
    await sql(url, `INSERT INTO ${words} VALUES ('سلام 😀')`);
    await server.restart();
    expect(server.url).toBe(url);
    expect(await sql(url, `SELECT word FROM ${words}`)).toEqual([{ word: 'سلام 😀' }]);
    await drop();
  });

  test('says nothing while it is paused, and goes on afterwards', async () => {
    server.pause();
    const answer = sql(server.url, 'SELECT 1 AS one');
    await expect(within(300, answer, 'an answer')).rejects.toThrow('waited');
    server.resume();
    expect(await answer).toEqual([{ one: 1 }]);
  });

  test('is gone for who comes by a link that is cut, and there for all others', async () => {
    const link = await Link.to(server.url);
    const linked = link.through(server.url);
    expect(await sql(linked, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    link.cut();
    await expect(sql(linked, 'SELECT 1 AS one')).rejects.toThrow();
    expect(await sql(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    link.restore();
    expect(await sql(linked, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await link.close();
  });
});

describeIfThere(['mongo'], 'a private MongoDB server', () => {
  const server = new MongoServer();
  beforeAll(() => server.start(), START_TIMEOUT_MS);
  afterAll(() => server.stop());

  test('keeps what it acknowledged when it is killed, and comes back at the same address', async () => {
    const url = server.url;
    const client = new mongo.MongoClient(url, { serverSelectionTimeoutMS: 5000 });
    const { settings, drop } = await makeMongoDatabase(url);
    const words = client
      .db(settings.MONGODB_DATABASE)
      .collection('words', { writeConcern: { w: 'majority', journal: true } });
    await words.insertOne({ word: 'سلام 😀' });
    await server.restart();
    expect(server.url).toBe(url);
    expect(await words.findOne({})).toMatchObject({ word: 'سلام 😀' });
    await client.close();
    await drop();
  });
});

describeIfThere(['redis'], 'a private Redis', () => {
  test('breaks a connection by a cut link, and takes it back afterwards', async () => {
    const server = await new RedisServer().start();
    const link = await Link.to(server.url);
    const client = new Redis(link.through(server.url), { retryStrategy: () => 20 });
    client.on('error', () => undefined);
    expect(await client.ping()).toBe('PONG');
    const closed = new Promise((resolve) => client.once('close', resolve));
    link.cut();
    await closed;
    link.restore();
    expect(await client.ping()).toBe('PONG');
    await client.quit();
    await link.close();
    await server.stop();
  });
});

describeWith(['mariadb', 'mongo', 'redis'], 'a suite with stores', (stores) => {
  test('is given an empty database of its own on each, as settings of the product', async () => {
    const { MYSQL_HOST, MYSQL_PORT, MYSQL_USER = '', MYSQL_PASSWORD = '', MYSQL_DATABASE } = stores.settings;
    const [user, password] = [MYSQL_USER, MYSQL_PASSWORD].map(encodeURIComponent);
    const url = `mysql://${user}:${password}@${MYSQL_HOST}:${MYSQL_PORT}/${MYSQL_DATABASE}`;
    expect(await sql(url, 'SHOW TABLES')).toEqual([]);
    expect(stores.settings.MONGODB_URL).toMatch(/^mongodb:/);
    expect(stores.settings.MONGODB_DATABASE).toMatch(/^chat_/);
    expect(stores.settings.REDIS_URL).toMatch(/^redis:/);
  });
});
