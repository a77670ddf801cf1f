import { Database } from '@app/database';
import { makeTempFolder } from '../support/temp-folder';
import { AccountEntity, openStore } from './store';

describe('one server at a time on a DATA_DIR', () => {
  it('refuses a second one by a name that says what to do, and leaves the first alone', async () => {
    const dataDir = makeTempFolder();
    const first = await openStore({ DATA_DIR: dataDir });
    await expect(openStore({ DATA_DIR: dataDir })).rejects.toMatchObject({
      name: 'DataDirInUse',
      message: `DATA_DIR ${dataDir} is in use by another server; stop it, or give this one its own DATA_DIR`,
    });
    await first.get(Database).transaction((tx) => tx.insert(AccountEntity, { name: 'unharmed', amount: 1 }));
    await first.close();
  });

  it('lets the next one in when the first has stopped, with all its data', async () => {
    const dataDir = makeTempFolder();
    const first = await openStore({ DATA_DIR: dataDir });
    await first.get(Database).transaction((tx) => tx.insert(AccountEntity, { name: 'kept', amount: 1 }));
    await first.close();
    const second = await openStore({ DATA_DIR: dataDir });
    expect(await second.get(Database).reads.existsBy(AccountEntity, { name: 'kept' })).toBe(true);
    await second.close();
  });
});
