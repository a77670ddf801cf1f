import { createHmac } from 'node:crypto';
import { Api, expectProblem, expectStatus } from '../support/api';
import { logIn, newGroup, newPerson, nobody, PASSWORD, Person, secondSession, send } from '../support/people';
import { startServer, Server } from '../support/server';
import { Chat, Message, Page, Session, Tokens, User } from '../support/wire';

const SECRET_KEY = 'a key that only this test knows, long enough';

type Claims = Record<string, unknown>;

function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
}

function sign(claims: Claims, { alg = 'HS256', key = SECRET_KEY } = {}): string {
  const [header, body] = [{ alg, typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const hash = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }[alg];
  const signature = hash ? createHmac(hash, key).update(`${header}.${body}`).digest('base64url') : '';
  return `${header}.${body}.${signature}`;
}

describe('sessions', () => {
  let server: Server;
  let me: Person;
  beforeAll(async () => {
    server = await startServer({ SECRET_KEY });
  });
  beforeEach(async () => {
    me = await newPerson(server);
  });
  afterAll(() => server.stop());

  const refresh = (refresh_token: string) => nobody(server).post<Tokens>('/users/refresh', { refresh_token });
  const statusOf = async (api: Api) => (await api.get('/users/me')).status;
  const asToken = (token: string) => new Api(() => server.url, token);

  test('a token of our own making is accepted as long as it is what the server would sign', async () => {
    expect(await statusOf(asToken(sign(claimsOf(me.token))))).toBe(200);
  });

  test.each<[string, (claims: Claims, token: string) => string]>([
    ['no token at all', () => 'nonsense'],
    ['a token without a signature', (claims) => sign(claims, { alg: 'none' })],
    ['a token of another algorithm', (claims) => sign(claims, { alg: 'HS512' })],
    ['a token of another key', (claims) => sign(claims, { key: 'x'.repeat(40) })],
    ['an expired token', (claims) => sign({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 })],
    ['a token without an end', ({ exp: _, ...claims }) => sign(claims)],
    ['a token of no session', (claims) => sign({ ...claims, sid: 'made-up' })],
    ['a token without a session', ({ sid: _, ...claims }) => sign(claims)],
    ["a token of someone else's session", (claims) => sign({ ...claims, sub: '1000000', user_id: '1000000' })],
    [
      'a token that was changed',
      (_, token) => token.replace(/\.(.)([^.]*)$/, (_all, first, rest) => `.${first === 'A' ? 'B' : 'A'}${rest}`),
    ],
  ])('%s is refused', async (_what, forge) => {
    const { code } = expectProblem(await asToken(forge(claimsOf(me.token), me.token)).get('/users/me'), 401);
    expect(code).toMatch(/^auth\.(invalid|expired)_token$/);
  });

  test('a refresh token is no access token, nor the other way round', async () => {
    expectProblem(await asToken(me.refreshToken).get('/users/me'), 401);
    expectProblem(await refresh(me.token), 401);
    expectProblem(await refresh('nonsense'), 401);
  });

  test('refreshing gives a new pair, in the same session', async () => {
    const pair = expectStatus(await refresh(me.refreshToken), 200);
    expect(pair.refresh_token).not.toBe(me.refreshToken);
    expect(claimsOf(pair.access_token).sid).toBe(claimsOf(me.token).sid);
    expect(await statusOf(asToken(pair.access_token))).toBe(200);
    expectStatus(await refresh(pair.refresh_token), 200);
  });

  test('a refresh token that is used again ends its session, and only that', async () => {
    const other = await secondSession(me);
    const pair = expectStatus(await refresh(me.refreshToken), 200);
    expectProblem(await refresh(me.refreshToken), 401);
    expectProblem(await refresh(pair.refresh_token), 401);
    expect(await statusOf(asToken(pair.access_token))).toBe(401);
    expect(await statusOf(me.api)).toBe(401);
    expect(await statusOf(other.api)).toBe(200);
  });

  test('of two refreshes at once at most one gives a pair', async () => {
    const answers = await Promise.all([refresh(me.refreshToken), refresh(me.refreshToken)]);
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(answers.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(1);
  });

  test('logging out ends this session at once; `all` ends every one', async () => {
    const [second, third] = [await secondSession(me), await secondSession(me)];
    expectStatus(await second.api.post('/users/logout'), 204);
    expectProblem(await second.api.get('/users/me'), 401);
    expectProblem(await refresh(second.refreshToken), 401);
    expect(await statusOf(me.api)).toBe(200);

    expectStatus(await third.api.post('/users/logout', { all: true }), 204);
    for (const { api, refreshToken } of [me, third]) {
      expect(await statusOf(api)).toBe(401);
      expectProblem(await refresh(refreshToken), 401);
    }
    await logIn(server, me.username, PASSWORD);
  });

  test('I see where I am logged in, and end one of them', async () => {
    const phone = expectStatus(
      await nobody(server).post<Tokens>(
        '/users/login',
        { username: me.username, password: PASSWORD },
        { headers: { 'user-agent': 'A Phone/1.0' } },
      ),
      200,
    );
    const page = expectStatus(await me.api.get<Page<Session>>('/users/me/sessions'), 200);
    expect(page).toMatchObject({ total: 2, page: 1, pages: 1 });
    const session = page.items.find((item) => JSON.stringify(item).includes('A Phone/1.0'));
    expect(JSON.stringify(page)).not.toMatch(/hash|refresh_token/);

    const stranger = await newPerson(server);
    expectProblem(await stranger.api.delete(`/users/me/sessions/${session?.id}`), 404);
    expect(await statusOf(asToken(phone.access_token))).toBe(200);

    expectStatus(await me.api.delete(`/users/me/sessions/${session?.id}`), 204);
    expect(await statusOf(asToken(phone.access_token))).toBe(401);
    expect(await statusOf(me.api)).toBe(200);
    expectProblem(await me.api.delete(`/users/me/sessions/${session?.id}`), 404);
  });

  test('a new password ends the other sessions; this one goes on', async () => {
    const other = await secondSession(me);
    const change = { password: 'a new and better one', current_password: PASSWORD };
    expectStatus(await me.api.put('/users/me', change), 200);
    expect(await statusOf(me.api)).toBe(200);
    expect(await statusOf(other.api)).toBe(401);
    expectProblem(await refresh(other.refreshToken), 401);
    expectStatus(await refresh(me.refreshToken), 200);
  });

  test('sessions outlive a restart, and so do their ends', async () => {
    const ended = await secondSession(me);
    expectStatus(await ended.api.post('/users/logout'), 204);
    await server.restart();
    expect(await statusOf(me.api)).toBe(200);
    expect(await statusOf(ended.api)).toBe(401);
  });

  test('a deleted account is gone, frees its names and leaves its words behind', async () => {
    const friend = await newPerson(server);
    const chat = await newGroup(friend, [me]);
    const said = await send(me, chat, 'I was here');

    expectProblem(await me.api.delete('/users/me', { current_password: 'not this' }), 403);
    expect(await statusOf(me.api)).toBe(200);
    expectStatus(await me.api.delete('/users/me', { current_password: PASSWORD }), 204);

    expectProblem(await me.api.get('/users/me'), 401);
    expectProblem(await refresh(me.refreshToken), 401);
    expectProblem(await nobody(server).post('/users/login', { username: me.username, password: PASSWORD }), 401);
    const { items } = expectStatus(await friend.api.get<Page<Message>>(`/messages/chat/${chat.id}`), 200);
    expect(items[0]).toMatchObject({ id: said.id, content: 'I was here', sender_username: 'deleted user' });
    const { participants } = expectStatus(await friend.api.get<Chat>(`/chats/${chat.id}`), 200);
    expect(participants.map(({ user_id }) => user_id)).toEqual([friend.id]);
    const found = expectStatus(await friend.api.get<Page<User>>(`/users/search?q=${me.username}`), 200);
    expect(found.total).toBe(0);
    expect((await friend.api.get(`/users/${me.id}`)).text).not.toContain(me.username);
    expectProblem(await friend.api.post(`/chats/${chat.id}/participants`, { user_id: me.id }), 404);

    const again = { username: me.username, email: me.email, password: PASSWORD };
    expect(expectStatus(await nobody(server).post<User>('/users/register', again), 201).id).not.toBe(me.id);
  });
});
