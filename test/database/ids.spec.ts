import { Ids } from '@app/database';
import { makeTempFolder } from '../support/temp-folder';
import { openStore } from './store';

describe('Ids', () => {
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
    const dataDir = makeTempFolder();
    const claimed: number[] = [];
    for (let start = 0; start < 3; start++) {
      const app = await openStore(dataDir);
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

  it('are counted for each kind by itself', async () => {
    const app = await openStore();
    const ids = app.get(Ids);
    const firsts = [await ids.claim('chat', 1), await ids.claim('message', 1), await ids.claim('body', 1)];
    await app.close();
    expect(firsts).toEqual([[1], [1], [1]]);
  });
});
