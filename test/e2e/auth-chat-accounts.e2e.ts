import { expectStatus, request } from '../support/api';
import { expectDetails, expectSentence, Member, memberWith, newMember, uniqueEmail } from '../support/auth-chat';
import { anyOf } from '../support/matchers';
import { newPerson, PASSWORD, uniqueName } from '../support/people';
import { startServer, Server } from '../support/server';

describe('accounts in the dialect auth-chat', () => {
  let server: Server;
  let ann: Member;
  beforeAll(async () => {
    server = await startServer();
    ann = await newMember(server);
  });
  afterAll(() => server.stop());

  const post = (path: string, body: unknown) => request('POST', `${server.url}${path}`, { body });
  const signUp = (account: object) => post('/auth/signup', account);
  const fresh = () => ({ username: uniqueName(), email: uniqueEmail(), password: PASSWORD });
  const form = (path: string, fields: Record<string, string>) =>
    request('POST', `${server.url}${path}`, {
      raw: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  const TOKEN = { access_token: anyOf(String), token_type: 'bearer' };

  test('signing up answers 201 with id, name and address, and ignores fields that nobody knows', async () => {
    const { username, email, password } = fresh();
    const answer = await signUp({ username, email, password, full_name: 'A B', is_admin: true, confirm: password });
    expect(expectStatus(answer, 201)).toEqual({ id: anyOf(String), username, email });
    const [other, slash] = [fresh(), fresh()];
    expectStatus(await post('/auth/signup/', slash), 201);
    expect(expectStatus(await signUp({ ...other, full_name: null }), 201)).toMatchObject({ email: other.email });
  });

  test('taken names and addresses are refused in the words of the contract, whatever their case', async () => {
    const { email, username } = ann;
    expectSentence(await signUp({ ...fresh(), email: email.toUpperCase() }), 400, 'Email already registered');
    expectSentence(await signUp({ ...fresh(), username: username.toUpperCase() }), 400, 'Username already registered');
  });

  test.each([
    [{}, ['body.username missing', 'body.email missing', 'body.password missing']],
    [
      { username: 3, email: [], password: null },
      ['body.username string_type', 'body.email string_type', 'body.password string_type'],
    ],
    [
      { username: 'ab', email: 'ann', password: 'short' },
      ['body.username string_too_short', 'body.email value_error', 'body.password string_too_short'],
    ],
    [
      { username: 'x'.repeat(51), email: uniqueEmail(), password: 'x'.repeat(73) },
      ['body.username string_too_long', 'body.password string_too_long'],
    ],
    [[], ['body json_invalid']],
  ])('a bad sign-up names each field: %j', async (body, details) => {
    expect(expectDetails(await signUp(body))).toEqual(details);
  });

  test.each(['', '{', 'null', '{"username":', '\u0000', '{"__proto__":{}}'])(
    'the body %j is no JSON object',
    async (raw) => {
      const headers = { 'content-type': 'application/json' };
      expect(expectDetails(await request('POST', `${server.url}/auth/signup`, { raw, headers }))).toEqual([
        'body json_invalid',
      ]);
    },
  );

  test.each(['/auth/login', '/auth/token', '/auth/login/', '/auth/token/'])(
    '%s takes JSON and the form',
    async (path) => {
      const { email, username } = ann;
      const password = PASSWORD;
      for (const answer of [
        await post(path, { email, password }),
        await post(path, { email: email.toUpperCase(), password, remember: true }),
        await form(path, { username: email, password, grant_type: 'password', scope: '', client_id: 'x' }),
        await form(path, { username, password }),
      ]) {
        expect(expectStatus(answer, 200)).toEqual(TOKEN);
        expect(answer.headers.get('cache-control')).toBe('no-store');
      }
      for (const answer of [
        await post(path, { email, password: 'wrong horse' }),
        await post(path, { email: uniqueEmail(), password }),
        await form(path, { username: email, password: 'wrong horse' }),
        await form(path, { username: 'x'.repeat(5000), password: 'x'.repeat(5000) }),
      ]) {
        expectSentence(answer, 401, 'Incorrect email or password');
      }
      expect(expectDetails(await post(path, { email }))).toEqual(['body.password missing']);
      expect(expectDetails(await post(path, { password }))).toEqual(['body.email missing']);
      expect(expectDetails(await form(path, { username: email }))).toEqual(['body.password missing']);
    },
  );

  test('a log-in says who I am, and its token is good in every dialect', async () => {
    const { id, username, email } = ann;
    expect(expectStatus(await ann.call('GET', '/auth/users/me'), 200)).toEqual({ id, username, email });
    expect(expectStatus(await ann.call('GET', '/api/v1/users/me'), 200)).toMatchObject({ id: Number(id), email });
    const native = await newPerson(server);
    const me = await memberWith(server, native, native.token).call('GET', '/auth/users/me/');
    expect(expectStatus(me, 200)).toMatchObject({ id: String(native.id), email: native.email });
  });

  test('who has no address is shown without one', async () => {
    const body = { username: uniqueName(), password: PASSWORD };
    const account = expectStatus(await request<{ _id: string }>('POST', `${server.url}/api/user/`, { body }), 200);
    const answer = await request<{ access_token: string }>('POST', `${server.url}/auth/token`, { body });
    const me = await ann.call('GET', '/auth/users/me', { token: expectStatus(answer, 200).access_token });
    expect(expectStatus(me, 200)).toEqual({ id: account._id, username: body.username, email: null });
  });

  test.each([
    ['none', () => undefined],
    ['a made-up one', () => 'made-up'],
    ['one that was changed', () => `${ann.token.slice(0, -2)}xx`],
  ])('without a good token, %s: 401', async (_which, token) => {
    const answer = await request('GET', `${server.url}/auth/users/me`, { token: token() });
    expectSentence(answer, 401, 'Could not validate credentials');
  });

  test('an ended session is refused at once', async () => {
    const me = await newMember(server);
    expectStatus(await me.call('POST', '/api/v1/users/logout'), 204);
    expectSentence(await me.call('GET', '/auth/users/me'), 401, 'Could not validate credentials');
    expectSentence(await me.call('GET', '/chat/private_chats/'), 401, 'Could not validate credentials');
  });

  describe('whatever else goes wrong is told in the shape of the dialect', () => {
    test.each(['/auth', '/auth/', '/auth/nope', '/%61uth/nope', '/chat/', '/chat/chat_rooms/1/nope', '/chat/upload'])(
      'nothing is at %s',
      async (path) => expectSentence(await ann.call('GET', path), 404, 'There is nothing at this address.'),
    );

    test('other dialects keep their own shape', async () => {
      expect((await ann.call('GET', '/api/v1/nope')).headers.get('content-type')).toMatch('application/problem+json');
      expect((await ann.call('GET', '/authority')).headers.get('content-type')).toMatch('application/problem+json');
    });

    test.each([
      ['GET', '/auth/login', 'POST'],
      ['PUT', '/chat/chat_rooms/1/messages/', 'GET, HEAD, POST'],
      ['DELETE', '/chat/chat_rooms/1', 'GET, HEAD'],
    ])('%s %s is 405', async (method, path, allowed) => {
      const answer = await ann.call(method, path);
      expectSentence(answer, 405);
      expect(answer.headers.get('allow')).toBe(allowed);
    });

    test('too large is 413, another media type 415, a broken address 400', async () => {
      const path = '/chat/chat_rooms/';
      expectSentence(await ann.call('POST', path, { body: { name: 'x'.repeat(300_000) } }), 413, /262144 bytes/);
      const text = { raw: '<a/>', headers: { 'content-type': 'text/xml' } };
      expectSentence(await ann.call('POST', path, text), 415);
      const notHere = { raw: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
      expectSentence(await ann.call('POST', path, notHere), 415);
      expectSentence(await ann.call('GET', '/chat/chat_rooms/%zz'), 400);
    });
  });

  test('too many requests, messages, sign-ups and wrong passwords are 429 with Retry-After', async () => {
    const strict = await startServer({
      RATE_LIMITS: 'on',
      LIMIT_REQUESTS_PER_MINUTE: '20',
      LIMIT_MESSAGES_PER_SECOND: '1',
      LIMIT_LOGIN_FAILURES: '2',
    });
    try {
      const me = await newMember(strict);
      const attempt = async (times: number, call: () => ReturnType<Member['call']>) => {
        let answer = await call();
        while (--times > 0 && answer.status !== 429) answer = await call();
        expectSentence(answer, 429, /^Too many .* Try again in \d+ s\.$/);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      };
      const body = { email: me.email, password: 'wrong horse' };
      await attempt(4, () => request('POST', `${strict.url}/auth/login`, { body }));
      await attempt(8, () => me.call('POST', '/chat/chat_rooms/1/messages', { body: { content: 'x' } }));
      await attempt(30, () => me.call('GET', '/auth/users/me'));
    } finally {
      await strict.stop();
    }
  });
});
