import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Database } from '@app/database';
import { CommitOutcomeUnknown, StoreUnavailable } from '@app/platform';
import { describeIfThere, Link, makeMysqlDatabase, MariaDb } from '../support/servers';
import { signal, within } from '../support/wait';
import { AccountEntity, openStore } from './store';

const put = (tx: EntityManager, name: string, amount = 0) => tx.insert(AccountEntity, { name, amount });

/** A server of its own behind a line that can be cut. */
describeIfThere(['mariadb'], 'MariaDB that is treated badly', () => {
  const server = new MariaDb();
  let link: Link;
  let app: INestApplicationContext;
  let database: Database;
  let settings: Record<string, string>;

  beforeAll(async () => {
    await server.start();
    link = await Link.to(server.url);
    ({ settings } = await makeMysqlDatabase(link.through(server.url)));
    app = await openStore({ ...settings, STORE_TIMEOUT_MS: '500' });
    database = app.get(Database);
  }, 180_000);

  afterAll(async () => {
    server.resume();
    await app.close();
    await link.close();
    await server.stop();
  });

  beforeEach(() => database.transaction((tx) => tx.createQueryBuilder().delete().from(AccountEntity).execute()));

  const names = async () => (await database.reads.find(AccountEntity)).map(({ name }) => name).sort();

  it('lets both of two transactions end that wait for each other', async () => {
    await database.transaction((tx) =>
      tx.insert(AccountEntity, [
        { name: 'a', amount: 0 },
        { name: 'b', amount: 0 },
      ]),
    );
    const both = [signal(), signal()];
    let attempts = 0;
    const addTo = (first: string, second: string, mine: number) =>
      database.transaction(async (tx) => {
        attempts++;
        await tx.increment(AccountEntity, { name: first }, 'amount', 1);
        both[mine]?.give();
        await both[1 - mine]?.promise;
        await tx.increment(AccountEntity, { name: second }, 'amount', 1);
      });
    await Promise.all([addTo('a', 'b', 0), addTo('b', 'a', 1)]);
    expect(attempts).toBeGreaterThan(2);
    const amounts = (await database.reads.find(AccountEntity)).map(({ amount }) => amount);
    expect(amounts).toEqual([2, 2]);
  });

  it('runs a transaction again whose connection was lost before its commit', async () => {
    let attempts = 0;
    await database.transaction(async (tx) => {
      await put(tx, `attempt ${++attempts}`);
      if (attempts > 1) return;
      link.cut();
      link.restore();
      await put(tx, 'never');
    });
    expect(await names()).toEqual(['attempt 2']);
  });

  it('does not run one again whose connection was lost in its commit', async () => {
    let attempts = 0;
    const writing = database.transaction(async (tx) => {
      await put(tx, `attempt ${++attempts}`);
      link.cut();
    });
    await expect(writing).rejects.toBeInstanceOf(CommitOutcomeUnknown);
    link.restore();
    expect(attempts).toBe(1);
  });

  it('tells within its limit of time that it does not answer, and serves at once when it does again', async () => {
    server.pause();
    const asked = Array.from({ length: 60 }, (_, index) =>
      index % 2 === 0 ? names() : database.transaction((tx) => put(tx, `account ${index}`)),
    );
    const outcomes = await within(3000, Promise.allSettled(asked), 'the limit of time');
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    // What waits for an answer must not stand in the way of who comes after.
    await within(3000, Promise.allSettled(Array.from({ length: 30 }, names)), 'the limit of time, a second time');
    const refusals = outcomes.filter((_, index) => index % 2 === 1) as PromiseRejectedResult[];
    expect(refusals.every(({ reason }) => reason instanceof StoreUnavailable)).toBe(true);
    server.resume();
    await within(
      1000,
      database.transaction((tx) => put(tx, 'after')),
      'a connection',
    );
    expect(await names()).toContain('after');
  });

  it('serves again after it was killed, without a restart of ours', async () => {
    await server.kill();
    await expect(database.transaction((tx) => put(tx, 'lost'))).rejects.toBeInstanceOf(StoreUnavailable);
    await server.restart();
    await database.transaction((tx) => put(tx, 'after'));
    expect(await names()).toEqual(['after']);
  });

  it('compares text exactly, and keeps none that does not fit', async () => {
    const alike = ['a', 'A', 'a ', 'á', 'ａ'];
    await database.transaction((tx) =>
      tx.insert(
        AccountEntity,
        alike.map((name) => ({ name, amount: 0 })),
      ),
    );
    for (const name of alike) expect(await database.reads.findOneBy(AccountEntity, { name })).toMatchObject({ name });
    await expect(database.transaction((tx) => put(tx, 'x'.repeat(33)))).rejects.toThrow(/too long/i);
  });

  it('is brought up to date once by three servers that start at once', async () => {
    const fresh = await makeMysqlDatabase(server.url);
    const apps = await Promise.all([1, 2, 3].map(() => openStore(fresh.settings, { withAccounts: false })));
    const source = apps[0]?.get(DataSource, { strict: false });
    const rows: { name: string }[] | undefined = await source?.query('SELECT name FROM migrations');
    expect(rows?.length).toBe(source?.migrations.length);
    expect(new Set(rows?.map(({ name }) => name)).size).toBe(rows?.length);
    await Promise.all(apps.map((one) => one.close()));
  }, 180_000);
});
