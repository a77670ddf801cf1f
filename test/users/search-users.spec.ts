import { EntityManager } from 'typeorm';
import { Actor } from '@app/platform';
import { SearchUsers } from '@app/users';
import { Accounts } from './accounts';

let accounts: Accounts;
let actor: Actor;
beforeAll(async () => {
  accounts = await Accounts.open();
  const people: [string, string | null][] = [
    ['Zoë', 'Ada Lovelace'],
    ['zoë.2', null],
    ['Straße', 'Grace Hopper'],
    ['کاربر', 'علی‌رضا'],
    ['100_percent', '50% off'],
    ['ada', 'ADA King'],
  ];
  for (const [username, fullName] of people) {
    await accounts.register({ username, fullName, email: `secret-${username}@example.org` });
  }
  actor = (await accounts.logIn({ username: 'ada' })).actor;
});
afterAll(() => accounts.close());

const search = (q: string, request = { page: 1, limit: 20 }) => accounts.get(SearchUsers).execute(actor, q, request);
const found = async (q: string) => (await search(q)).items.map(({ username }) => username);

test('the beginning of either name finds, however written, and each person once', async () => {
  expect(await found('ZOË')).toEqual(['Zoë', 'zoë.2']);
  expect(await found('zoe\u0308')).toEqual(['Zoë', 'zoë.2']);
  expect(await found('ada')).toEqual(['ada', 'Zoë']);
  expect(await found('ada l')).toEqual(['Zoë']);
  expect(await found('STRASS')).toEqual(['Straße']);
  expect(await found('کار')).toEqual(['کاربر']);
  expect(await found('علی')).toEqual(['کاربر']);
});

test('neither the middle of a name nor an address finds', async () => {
  for (const q of ['oë', 'lovelace', 'secret', 'secret-ada@example.org']) expect(await found(q)).toEqual([]);
  expect(JSON.stringify(await search('ada'))).not.toContain('@');
});

test('no sign is a wildcard', async () => {
  for (const q of ['%', '_', '*', '?', '\\', "'", '"', '[a-z]', '100%']) expect(await found(q)).toEqual([]);
  expect(await found('100_')).toEqual(['100_percent']);
  expect(await found('50%')).toEqual(['100_percent']);
});

test('pages follow each other without gap and repetition', async () => {
  const pages = [1, 2, 3].map((page) => search('a', { page, limit: 1 }));
  const [first, second, third] = await Promise.all(pages);
  expect(first).toMatchObject({ total: 2, pages: 2, page: 1, limit: 1, items: [{ username: 'ada' }] });
  expect(second).toMatchObject({ total: 2, items: [{ username: 'Zoë' }] });
  expect(third).toMatchObject({ total: 2, items: [] });
});

test.each([
  ['nothing', '', 'empty'],
  ['nothing that can be seen', ' \u200b', 'empty'],
  ['too much', 'x'.repeat(51), 'too_long'],
  ['NUL', 'a\0', 'invalid_characters'],
  ['a lone surrogate', 'a\ud800', 'invalid_characters'],
])('a search for %s is refused', async (_what, q, code) => {
  await expect(search(q)).rejects.toMatchObject({ kind: 'invalid', fields: [{ path: 'q', code }] });
});

test('the search reads what it looks for from the indexes', async () => {
  const query = jest.spyOn(EntityManager.prototype, 'query');
  await search('ada');
  const [sql, parameters] = query.mock.calls.at(-1) ?? [];
  query.mockRestore();
  const plan: { detail: string }[] = await accounts.database.reads.query(`EXPLAIN QUERY PLAN ${sql}`, parameters);
  const steps = plan.map(({ detail }) => detail);
  expect(steps).toContainEqual(expect.stringMatching(/^SEARCH users USING COVERING INDEX users_username /));
  expect(steps).toContainEqual(expect.stringMatching(/^SEARCH users USING COVERING INDEX users_full_name /));
  expect(steps.filter((step) => step.startsWith('SCAN users'))).toEqual([]);
});
