import { GetProfile, UpdateProfile, UserDirectory } from '@app/users';
import { UsersRepository } from '../../libs/users/src/persistence/users.repository';
import { Accounts } from './accounts';

let accounts: Accounts;
let directory: UserDirectory;
beforeAll(async () => {
  accounts = await Accounts.open();
  directory = accounts.get(UserDirectory);
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => accounts.close());

test('names come in one query for all that are not known yet', async () => {
  const people = [await accounts.register(), await accounts.register(), await accounts.register()];
  const ids = people.map(({ id }) => id);
  const findAll = jest.spyOn(accounts.get(UsersRepository), 'findAll');
  const names = await directory.getNames([...ids, ...ids, 999_999]);
  expect([...names.values()]).toEqual(people.map(({ username, email, fullName }) => ({ username, email, fullName })));
  expect(findAll).toHaveBeenCalledTimes(1);
  expect(await directory.getNames(ids)).toEqual(names);
  expect(findAll).toHaveBeenCalledTimes(1);
});

test('what was read before a change is not remembered after it', async () => {
  const user = await accounts.register({ fullName: 'Before' });
  const { actor } = await accounts.logIn(user);
  const repository = accounts.get(UsersRepository);
  const findAll = repository.findAll.bind(repository);
  jest.spyOn(repository, 'findAll').mockImplementationOnce(async (ids) => {
    const read = await findAll(ids);
    await accounts.get(UpdateProfile).execute(actor, { fullName: 'After' });
    return read;
  });
  await directory.getNames([user.id]);
  expect((await directory.getNames([user.id])).get(user.id)?.fullName).toBe('After');
});

test('thousands of ids at once are no problem, inside a transaction either', async () => {
  const { id } = await accounts.register();
  const ids = [id, ...Array.from({ length: 40_000 }, (_, n) => 1_000_000 + n)];
  expect(await directory.findActiveIds(ids)).toEqual(new Set([id]));
  const active = accounts.database.transaction((tx) => directory.findActiveIds(ids, tx));
  expect(await active).toEqual(new Set([id]));
});

test('a public profile has no address', async () => {
  const { email, ...publicPart } = await accounts.register({ email: 'public@example.org' });
  const { actor } = await accounts.logIn(await accounts.register());
  expect(email).toBe('public@example.org');
  expect(await accounts.get(GetProfile).execute(actor, publicPart.id)).toEqual(publicPart);
  await expect(accounts.get(GetProfile).execute(actor, 999_999)).rejects.toMatchObject({ code: 'user.not_found' });
});
