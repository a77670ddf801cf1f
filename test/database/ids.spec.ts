import { Database, Ids } from '@app/database';
import { makeTempFolder } from '../support/temp-folder';
import { describeWith } from '../support/servers';
import { openStore as open } from './store';

/** What ids promise, wherever they are counted. */
function describeIds(settingsOf: () => Record<string, string>): void {
  const openStore = () => open(settingsOf());

  it('are unique, however many ask at once', async () => {
    const app = await openStore();
    const ids = app.get(Ids);
    const sizes = Array.from({ length: 60 }, (_, index) => (index * 37) % 130);
    const claims = await Promise.all(sizes.map((size) => ids.claim('message', size)));
    await app.close();
    const claimed = claims.flat();
    expect(claims.map((claim) => claim.length)).toEqual(sizes);
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(claimed.every((id) => Number.isSafeInteger(id) && id >= 1)).toBe(true);
  });

  it('are never given again after a restart', async () => {
    const settings = { DATA_DIR: makeTempFolder(), ...settingsOf() };
    const claimed: number[] = [];
    for (let start = 0; start < 3; start++) {
      const app = await open(settings);
      claimed.push(...(await app.get(Ids).claim('message', 5)));
      await app.close();
    }
    expect(new Set(claimed).size).toBe(15);
  });

  it('may be asked for by more than a block at once', async () => {
    const app = await openStore();
    const claimed = await app.get(Ids).claim('body', 2500);
    await app.close();
    expect(new Set(claimed).size).toBe(2500);
  });

  it('are reserved in larger blocks while they are used up quickly, but those that lists are ordered by', async () => {
    const app = await openStore();
    const transaction = jest.spyOn(app.get(Database), 'transaction');
    const countReservations = async (kind: 'chat' | 'message') => {
      transaction.mockClear();
      for (let n = 0; n < 100; n++) await app.get(Ids).claim(kind, 100);
      return transaction.mock.calls.length;
    };
    expect(await countReservations('message')).toBe(4);
    expect(await countReservations('chat')).toBe(10);
    await app.close();
  });

  it('are counted for each kind by itself', async () => {
    const app = await openStore();
    const ids = app.get(Ids);
    const [[chat = NaN], [another = NaN]] = [await ids.claim('chat', 1), await ids.claim('chat', 1)];
    await ids.claim('message', 10);
    expect([another, ...(await ids.claim('chat', 1))]).toEqual([chat + 1, chat + 2]);
    await app.close();
  });
}

describe('ids from the embedded store', () => describeIds(() => ({})));

describeWith(['mariadb'], 'ids from MariaDB', (stores) => {
  describeIds(() => stores.settings);

  it('are never given twice by several nodes', async () => {
    const nodes = await Promise.all([1, 2, 3].map(() => open(stores.settings)));
    const claims = await Promise.all(
      nodes.flatMap((node) => [700, 700, 700].map((n) => node.get(Ids).claim('chat', n))),
    );
    await Promise.all(nodes.map((node) => node.close()));
    expect(new Set(claims.flat()).size).toBe(9 * 700);
  });
});
