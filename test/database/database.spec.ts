import { INestApplicationContext } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '@app/database';
import { describeWith } from '../support/servers';
import { AccountEntity, openStore } from './store';

let app: INestApplicationContext;
let database: Database;

/** What the door to a metadata store promises, whichever it is. */
function describeDatabase(settingsOf: () => Record<string, string>): void {
  beforeAll(async () => {
    app = await openStore(settingsOf());
    database = app.get(Database);
  });

  afterAll(() => app.close());

  beforeEach(() => database.transaction((tx) => tx.createQueryBuilder().delete().from(AccountEntity).execute()));

  describeTransactions();
  describeReads();
  describeSnapshots();
}

const put = (tx: EntityManager, name: string, amount: number) => tx.insert(AccountEntity, { name, amount });

async function names(view: EntityManager = database.reads): Promise<string[]> {
  const accounts = await view.find(AccountEntity, { order: { name: 'ASC' } });
  return accounts.map((account) => account.name);
}

/** A promise that is kept when the test says so. */
function makeSignal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { give, given };
}

function describeTransactions(): void {
  it('transactions that overlap never mix: a rollback takes nothing of its neighbours along', async () => {
    const work = Array.from({ length: 40 }, (_, index) =>
      database.transaction(async (tx) => {
        await put(tx, `first ${index}`, index);
        await new Promise(setImmediate);
        if (index % 2 === 1) throw new Error(`no ${index}`);
        await put(tx, `second ${index}`, index);
      }),
    );
    const outcomes = await Promise.allSettled(work);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(
      work.map((_, index) => (index % 2 === 0 ? 'fulfilled' : 'rejected')),
    );
    const written = work.flatMap((_, index) => (index % 2 === 0 ? [`first ${index}`, `second ${index}`] : []));
    expect(await names()).toEqual(written.sort());
  });

  it('transactions that overlap do not lose updates', async () => {
    await database.transaction((tx) => put(tx, 'counter', 0));
    const addOne = () =>
      database.transaction(async (tx) => {
        const where = { name: 'counter' };
        const { amount } = await tx.findOneOrFail(AccountEntity, { where, ...database.forUpdate });
        await new Promise(setImmediate);
        await tx.update(AccountEntity, { name: 'counter' }, { amount: amount + 1 });
      });
    await Promise.all(Array.from({ length: 50 }, addOne));
    expect(await database.reads.findOneBy(AccountEntity, { name: 'counter' })).toMatchObject({ amount: 50 });
  });

  it('transactions go on after one that the store refused', async () => {
    await database.transaction((tx) => put(tx, 'taken', 1));
    await expect(database.transaction((tx) => put(tx, 'taken', 2))).rejects.toThrow(/UNIQUE|Duplicate/);
    await database.transaction((tx) => put(tx, 'free', 1));
    expect(await names()).toEqual(['free', 'taken']);
  });
}

function describeReads(): void {
  it('reads never see what is not committed', async () => {
    const [wrote, read] = [makeSignal(), makeSignal()];
    const writing = database.transaction(async (tx) => {
      await put(tx, 'secret', 1);
      wrote.give();
      await read.given;
    });
    await wrote.given;
    expect(await names()).toEqual([]);
    expect(await database.snapshot(names)).toEqual([]);
    read.give();
    await writing;
    expect(await names()).toEqual(['secret']);
  });

  it('reads never see what is rolled back', async () => {
    const seen = new Set<string>();
    const writing = database.transaction(async (tx) => {
      await put(tx, 'mirage', 1);
      for (const name of await names()) seen.add(name);
      throw new Error('no');
    });
    await expect(writing).rejects.toThrow('no');
    expect([...seen, ...(await names())]).toEqual([]);
  });

  it('what is to be done after a commit is done then, and never after a rollback', async () => {
    const done: string[] = [];
    const writing = database.transaction(async (tx) => {
      database.onCommitted(tx, () => done.push('committed'));
      await put(tx, 'account', 1);
      expect(done).toEqual([]);
    });
    await writing;
    const failing = database.transaction(async (tx) => {
      database.onCommitted(tx, () => done.push('rolled back'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(done).toEqual(['committed']);
  });

  it('reads see what is committed as soon as the transaction resolves', async () => {
    for (let index = 0; index < 20; index++) {
      await database.transaction((tx) => put(tx, `account ${index}`, index));
      expect(await database.reads.existsBy(AccountEntity, { name: `account ${index}` })).toBe(true);
    }
  });
}

function describeSnapshots(): void {
  it('a snapshot stays the same while others commit', async () => {
    await database.transaction((tx) => put(tx, 'before', 1));
    const seen = await database.snapshot(async (view) => {
      const first = await names(view);
      await database.transaction((tx) => put(tx, 'during', 1));
      return [first, await names(view)];
    });
    expect(seen).toEqual([['before'], ['before']]);
    expect(await database.snapshot(names)).toEqual(['before', 'during']);
  });

  it('a snapshot never shows half of a transaction', async () => {
    await database.transaction((tx) =>
      tx.insert(AccountEntity, [
        { name: 'from', amount: 1000 },
        { name: 'to', amount: 0 },
      ]),
    );
    const move = () =>
      database.transaction(async (tx) => {
        await tx.decrement(AccountEntity, { name: 'from' }, 'amount', 1);
        await tx.increment(AccountEntity, { name: 'to' }, 'amount', 1);
      });
    const sum = () =>
      database.snapshot(async (view) => {
        const from = await view.findOneByOrFail(AccountEntity, { name: 'from' });
        await new Promise(setImmediate);
        const to = await view.findOneByOrFail(AccountEntity, { name: 'to' });
        return from.amount + to.amount;
      });
    const sums = await Promise.all(Array.from({ length: 50 }, async () => (await Promise.all([sum(), move()]))[0]));
    expect(new Set(sums)).toEqual(new Set([1000]));
  });

  it('a snapshot that fails does not keep the next from being taken', async () => {
    const failing = database.snapshot(async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await database.snapshot(names)).toEqual([]);
  });
}

describe('the embedded store', () => {
  describeDatabase(() => ({}));

  it('refuses writes where reads are expected', async () => {
    await expect(put(database.reads, 'smuggled', 1)).rejects.toThrow(/readonly/);
    await expect(database.snapshot((view) => put(view, 'smuggled', 1))).rejects.toThrow(/readonly/);
  });
});

describeWith(['mariadb'], 'MariaDB', (stores) => describeDatabase(() => stores.settings));
