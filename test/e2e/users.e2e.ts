import { expectInvalid, expectProblem, expectStatus } from '../support/api';
import { anyOf, matching } from '../support/matchers';
import { logIn, newPerson, nobody, PASSWORD, Person, uniqueName } from '../support/people';
import { startServer, Server } from '../support/server';
import { Page, TIMESTAMP, Tokens, User } from '../support/wire';

describe('accounts', () => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  const register = (fields: Record<string, unknown>) => {
    const username = uniqueName();
    return nobody(server).post<User>('/users/register', {
      username,
      email: `${username}@example.org`,
      password: PASSWORD,
      ...fields,
    });
  };

  test('registering answers with the new user and nothing secret', async () => {
    const username = uniqueName();
    const answer = await register({ username, email: `${username}@example.org`, full_name: 'Ada Example' });
    expect(expectStatus(answer, 201)).toEqual({
      id: anyOf(Number),
      username,
      email: `${username}@example.org`,
      full_name: 'Ada Example',
      is_active: true,
      created_at: matching(TIMESTAMP),
      last_seen: answer.body.last_seen,
    });
    expect(expectStatus(await register({}), 201).full_name).toBeNull();
  });

  test.each([
    ['three letters', 'abc' + 'x'],
    ['the allowed signs', 'a_b.c-d'],
    ['another script', 'کاربر۱۲'],
    ['Greek', 'Ὀδυσσεύς'],
  ])('a name may be %s', async (_what, name) => {
    const username = `${name}${Date.now().toString(36)}`;
    expect(expectStatus(await register({ username }), 201).username).toBe(username);
  });

  test('a name has 3 to 50 characters', async () => {
    const long = uniqueName('n').padEnd(50, 'x');
    expectStatus(await register({ username: long }), 201);
    expectStatus(await register({ username: '𝟙𐐀𐐁' }), 201);
    expectInvalid(await register({ username: long + 'y' }), 'username');
    expectInvalid(await register({ username: 'ab' }), 'username');
  });

  test.each(['with space', 'semi;colon', 'at@sign', 'zero\u200bwidth', 'nul\0', 'slash/', '<b>tag', 'a\ud800b'])(
    'the name %j is refused',
    async (username) => {
      expectInvalid(await register({ username }), 'username');
    },
  );

  test('a password has at least 8 characters and at most 72 bytes, and the answer says so', async () => {
    expectInvalid(await register({ password: '1234567' }), 'password');
    expectStatus(await register({ password: '12345678' }), 201);
    expectStatus(await register({ password: 'x'.repeat(72) }), 201);
    expectStatus(await register({ password: 'é'.repeat(36) }), 201);
    expect(expectInvalid(await register({ password: 'x'.repeat(73) }), 'password').detail).toMatch(/72 bytes/);
    expect(expectInvalid(await register({ password: 'é'.repeat(37) }), 'password').detail).toMatch(/72 bytes/);
  });

  test.each([
    'plain',
    'a@',
    '@b.org',
    'a b@c.org',
    'a@b..org',
    'a\0@b.org',
    'a\udc00b',
    'a\ud800@b.org',
    'x'.repeat(250) + '@example.org',
    7,
    null,
  ])('the e-mail address %j is refused', async (email) => {
    expectInvalid(await register({ email }), 'email');
  });

  test('every bad field is named at once, also one that is not known', async () => {
    const answer = await nobody(server).post('/users/register', { username: 'x', password: 'y', admin: true });
    expectInvalid(answer, 'username', 'email', 'password', 'admin');
  });

  test('names and addresses are unique however they are written', async () => {
    const username = uniqueName('Straße');
    const email = `${username}@example.org`.replace('ß', 'ss');
    expectStatus(await register({ username, email }), 201);
    for (const same of [username.toUpperCase(), username.toLowerCase(), username.replace('S', 'Ｓ')]) {
      expectProblem(await register({ username: same }), 409);
    }
    expectProblem(await register({ email: email.toUpperCase() }), 409);
  });

  test('of many who want a name at the same moment one gets it', async () => {
    const username = uniqueName();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => register({ username, email: `${username}${n}@example.org` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
  });

  test('logging in works by name or by e-mail, as JSON or as a form', async () => {
    const person = await newPerson(server);
    const { username, email, password } = person;
    const form = (fields: Record<string, string>) =>
      nobody(server).call<Tokens>('POST', '/users/login', {
        raw: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    const json = (fields: Record<string, string>) => nobody(server).post<Tokens>('/users/login', fields);
    for (const answer of [
      await json({ username, password }),
      await json({ email, password }),
      await json({ username: username.toUpperCase(), password }),
      await json({ email: email.toUpperCase(), password }),
      await form({ username, password }),
      await form({ username: email, password }),
      await form({ email, password }),
      await form({ grant_type: 'password', username, password }),
    ]) {
      expect(expectStatus(answer, 200)).toEqual({
        access_token: anyOf(String),
        token_type: 'bearer',
        expires_in: 30 * 60,
        refresh_token: anyOf(String),
      });
    }
  });

  test('a wrong password and an unknown name get the very same answer', async () => {
    const { username, email } = await newPerson(server);
    const attempt = async (who: Record<string, string>) =>
      expectProblem(await nobody(server).post('/users/login', { ...who, password: 'wrong password' }), 401);
    const wrong = await attempt({ username });
    expect(await attempt({ username: uniqueName() })).toEqual(wrong);
    expect(await attempt({ email })).toEqual(wrong);
    expect(await attempt({ email: 'nobody@example.org' })).toEqual(wrong);
  });

  test('logging in without saying who, or as two at once, is invalid', async () => {
    expectProblem(await nobody(server).post('/users/login', { password: PASSWORD }), 422);
    expectInvalid(await nobody(server).post('/users/login', { username: 'somebody' }), 'password');
  });

  test('the access token carries the claims that all dialects rely on', async () => {
    const person = await newPerson(server);
    const [header, claims] = person.token
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>);
    expect(header).toMatchObject({ alg: 'HS256' });
    expect(claims).toMatchObject({
      sub: String(person.id),
      user_id: String(person.id),
      email: person.email,
      username: person.username,
      jti: anyOf(String),
      sid: anyOf(String),
    });
    expect(Number(claims?.exp) - Number(claims?.iat)).toBe(30 * 60);
  });

  test('people are found by the beginning of their name, never by their address', async () => {
    const seeker = await newPerson(server, 'seeker');
    const found = await newPerson(server, 'Zoë');
    const search = async (q: string, more = '') =>
      expectStatus(await seeker.api.get<Page<User>>(`/users/search?q=${encodeURIComponent(q)}${more}`), 200);

    const page = await search(found.username.slice(0, 10));
    expect(page).toMatchObject({ total: 1, page: 1, limit: 20, pages: 1 });
    expect(page.items[0]).toMatchObject({ id: found.id, username: found.username, full_name: 'Zoë Example' });
    expect(page.items[0]).not.toHaveProperty('email');
    expect((await search(found.username.toUpperCase())).total).toBe(1);
    expect((await search('zoë exam')).items.map(({ id }) => id)).toContain(found.id);
    expect((await search(found.username.slice(2))).total).toBe(0);
    expect((await search(found.email)).total).toBe(0);
    for (const wildcard of ['%', '_', '*', '\\', "'"]) expect((await search(wildcard)).total).toBe(0);
    expectInvalid(await seeker.api.get('/users/search'), 'q');
    expectInvalid(await seeker.api.get('/users/search?q=a&limit=101'), 'limit');
  });

  test('a public profile shows no address', async () => {
    const [reader, subject] = [await newPerson(server), await newPerson(server)];
    const profile = expectStatus(await reader.api.get<User>(`/users/${subject.id}`), 200);
    expect(profile).toMatchObject({ id: subject.id, username: subject.username, is_online: false });
    expect(profile).toHaveProperty('last_seen');
    expect(JSON.stringify(profile)).not.toMatch(/@|password|hash/);
    expectProblem(await reader.api.get('/users/999999999'), 404, 'user.not_found');
  });

  describe('my own', () => {
    let me: Person;
    beforeEach(async () => {
      me = await newPerson(server);
    });

    test('account shows my address, and changes', async () => {
      expect(expectStatus(await me.api.get<User>('/users/me'), 200)).toMatchObject({ email: me.email });
      const username = uniqueName('renamed');
      const changed = { username, email: `${username}@example.org`, full_name: 'New Name' };
      expect(expectStatus(await me.api.put<User>('/users/me', changed), 200)).toMatchObject(changed);
      expect(expectStatus(await me.api.get<User>('/users/me'), 200)).toMatchObject(changed);
      expectStatus(await nobody(server).post('/users/login', { username, password: PASSWORD }), 200);
      expectStatus(await nobody(server).post('/users/login', { username: me.username, password: PASSWORD }), 401);
    });

    test('name can not become one that is taken, but may change its case', async () => {
      const taken = await newPerson(server);
      expectProblem(await me.api.put('/users/me', { username: taken.username.toUpperCase() }), 409);
      expectProblem(await me.api.put('/users/me', { email: taken.email }), 409);
      const username = me.username.toUpperCase();
      expect(expectStatus(await me.api.put<User>('/users/me', { username }), 200).username).toBe(username);
    });

    test('password changes with the old one only', async () => {
      const password = 'a new and better one';
      expectInvalid(await me.api.put('/users/me', { password }), 'current_password');
      expectProblem(await me.api.put('/users/me', { password, current_password: 'not this' }), 403);
      expectStatus(await nobody(server).post('/users/login', { username: me.username, password }), 401);

      expectStatus(await me.api.put('/users/me', { password, current_password: PASSWORD }), 200);
      expectStatus(await nobody(server).post('/users/login', { username: me.username, password: PASSWORD }), 401);
      await logIn(server, me.username, password);
    });
  });
});
