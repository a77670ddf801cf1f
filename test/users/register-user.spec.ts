import { GetOwnProfile, RegisterUser, UserEntity } from '@app/users';
import { Accounts, HERE, outcomesOf, PASSWORD } from './accounts';

let accounts: Accounts;
beforeAll(async () => {
  accounts = await Accounts.open();
});
afterAll(() => accounts.close());

const many = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, n) => make(n));

test('a new account is there at once, with its hash only', async () => {
  const user = await accounts.register({ username: 'Ada', email: 'Ada@Example.org', fullName: 'Ada Lovelace' });
  expect(user).toEqual({
    id: expect.any(Number) as number,
    username: 'Ada',
    email: 'Ada@Example.org',
    fullName: 'Ada Lovelace',
    isActive: true,
    createdAt: expect.any(Date) as Date,
    lastSeen: null,
  });
  expect(await accounts.get(GetOwnProfile).execute({ userId: user.id, sessionId: '' })).toEqual(user);
  const row = await accounts.database.reads.findOneByOrFail(UserEntity, { id: user.id });
  expect(row.passwordHash).toMatch(/^\$2b\$04\$/);
  expect(JSON.stringify(row)).not.toContain(PASSWORD);
});

test('of fifty who want the same name at once, however written, one gets it', async () => {
  const names = ['Straße', 'STRASSE', 'strasse', 'Ｓtraße', 'STRAẞE'];
  const attempts = many(50, (n) =>
    accounts.register({ username: names[n % names.length], email: `s${n}@example.org` }),
  );
  expect(await outcomesOf(attempts)).toEqual({ done: 1, codes: ['user.username_taken'] });
});

test('of fifty who want the same address at once, one gets it', async () => {
  const attempts = many(50, (n) => accounts.register({ email: n % 2 ? 'same@example.org' : 'SAME@example.ORG' }));
  expect(await outcomesOf(attempts)).toEqual({ done: 1, codes: ['user.email_taken'] });
});

test('a taken name is told with its field', async () => {
  await accounts.register({ username: 'taken' });
  await expect(accounts.register({ username: 'TAKEN' })).rejects.toMatchObject({
    kind: 'conflict',
    code: 'user.username_taken',
    fields: [{ path: 'username', code: 'taken' }],
  });
});

test('any number of accounts have no address', async () => {
  expect((await accounts.register()).email).toBeNull();
  expect((await accounts.register({ email: null })).email).toBeNull();
});

test('every broken field is named at once, and a password is never repeated', async () => {
  const given = { username: 'a', email: 'nowhere', fullName: '\u200b', password: 'secret!' };
  const error = await accounts
    .get(RegisterUser)
    .execute(given, HERE)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    kind: 'invalid',
    fields: [
      { path: 'username', code: 'too_short', detail: 'username: at least 3 characters, 1 given.' },
      { path: 'email', code: 'not_an_email' },
      { path: 'full_name', code: 'empty' },
      { path: 'password', code: 'too_short', detail: 'password: at least 8 characters, 7 given.' },
    ],
  });
  expect(JSON.stringify(error) + String(error)).not.toContain('secret!');
});

test('attempts are counted per address before anything costly is done', async () => {
  const small = await Accounts.open({ LIMIT_SIGNUPS_PER_HOUR: '2' });
  const attempts = many(5, () => small.register());
  expect(await outcomesOf(attempts)).toEqual({ done: 2, codes: ['request.rate_limited'] });
  const elsewhere = { address: '192.0.2.2' };
  await small.get(RegisterUser).execute({ username: 'elsewhere', password: PASSWORD }, elsewhere);
  await small.close();
});
