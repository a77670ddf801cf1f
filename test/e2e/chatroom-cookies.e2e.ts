import { expectProblem, expectStatus, request, RequestOptions } from '../support/api';
import { expectDetail, logInToChatroom, newRoom, newRoomer, Roomer } from '../support/chatroom';
import { startServer, Server } from '../support/server';
import type { Origin } from '../support/server-node';

const PAGES = 'https://app.example.org';

/** The cookie of a log-in, and what it opens. */
describe('the cookie of the dialect chatroom', () => {
  let server: Server;
  /** Pages belong to the address that they come from: one node. */
  let home: Origin;
  let ann: Roomer;
  let cookie: string;
  beforeAll(async () => {
    server = await startServer({ CORS_ORIGINS: PAGES, TRUST_PROXY: '1' });
    home = server.pick();
    ann = await newRoomer(home);
    cookie = cookieOf(await logInToChatroom(home, ann.username));
  });
  afterAll(() => server.stop());

  const cookieOf = ({ headers }: { headers: Headers }) => headers.get('set-cookie')?.split(';')[0] ?? '';
  const ask = (method: string, path: string, headers: Record<string, string> = {}, options: RequestOptions = {}) =>
    request(method, home.url + path, { ...options, headers: { cookie, ...headers } });
  const create = (headers: Record<string, string>, options: RequestOptions = {}) =>
    ask('POST', '/api/chatroom/', headers, { body: { name: 'by cookie' }, ...options });

  test('opens what only reads', async () => {
    expectStatus(await ask('GET', '/api/chatroom/'), 200);
    expectStatus(await ask('GET', `/api/user/${ann.id}`, { origin: 'https://evil.example' }), 200);
    expectStatus(await ask('GET', '/api/chatroom/', { cookie: `theme=dark; ${cookie}; x=y` }), 200);
    expectStatus(await ask('GET', '/api/chatroom/', { cookie: cookie.replace('=', '=Bearer%20') }), 200);
  });

  test('changes something only for our own pages and the configured ones', async () => {
    for (const origin of [home.url, PAGES]) expectStatus(await create({ origin }), 200, 201);
    const room = await newRoom(ann, [], 'another');
    const foreign = ['null', 'https://evil.example', `${home.url}1`].map((origin) => ({ origin }));
    for (const headers of [{}, ...foreign] as Record<string, string>[]) {
      expectDetail(await create(headers), 403, /Origin/);
      expectDetail(await ask('PUT', `/api/user/${ann.id}`, headers, { body: {} }), 403, /Origin/);
      expectDetail(await ask('DELETE', `/api/user/${ann.id}`, headers), 403, /Origin/);
      expectDetail(await ask('POST', `/api/chatroom/${room._id}/leave`, headers), 403, /Origin/);
    }
  });

  test('is not looked at where the header says who asks', async () => {
    expectStatus(await create({ origin: 'https://evil.example' }, { token: ann.token }), 200, 201);
    expectDetail(await create({ origin: home.url }, { token: 'made-up' }), 401);
  });

  test('says nothing to any other dialect', async () => {
    expectProblem(await ask('GET', '/api/v1/users/me', { origin: home.url }), 401, 'auth.missing_token');
    expectProblem(await ask('GET', '/api/v1/chats/'), 401, 'auth.missing_token');
  });

  test('is refused when it is wrong, and ends with its log-in', async () => {
    expectDetail(await ask('GET', '/api/chatroom/', { cookie: 'Authorization=made-up' }), 401);
    const other = cookieOf(await logInToChatroom(home, ann.username));
    const token = other.slice(other.indexOf('=') + 1);
    expectStatus(await request('POST', `${home.url}/api/v1/users/logout`, { token }), 204);
    expectDetail(await ask('GET', '/api/chatroom/', { cookie: other }), 401);
  });

  test('does not count for a page that came without TLS where there is TLS: anybody on the line may have written it', async () => {
    const overTls = { 'x-forwarded-proto': 'https' };
    expectDetail(await create({ ...overTls, origin: home.url }), 403, /Origin/);
    expectStatus(await create({ ...overTls, origin: home.url.replace('http:', 'https:') }), 200, 201);
  });

  test('travels over TLS alone where there is TLS', async () => {
    const log = (proto: string) =>
      logInToChatroom(home, ann.username, undefined, { headers: { 'x-forwarded-proto': proto } });
    expect((await log('https')).headers.get('set-cookie')).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
    expect((await log('http')).headers.get('set-cookie')).not.toMatch(/Secure/);
  });

  test('is taken away with the account', async () => {
    const ben = await newRoomer(home);
    const own = cookieOf(await logInToChatroom(home, ben.username));
    const gone = await ask('DELETE', `/api/user/${ben.id}`, { cookie: own, origin: home.url });
    expect(expectStatus(gone, 200)).toBe('User deleted.');
    expect(gone.headers.get('set-cookie')).toMatch(/^Authorization=; Max-Age=0; Path=\//);
  });

  test('lets pages of configured origins send it', async () => {
    const preflight = await ask('OPTIONS', '/api/chatroom/', {
      origin: PAGES,
      'access-control-request-method': 'POST',
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBe(PAGES);
    expect(preflight.headers.get('access-control-allow-credentials')).toBe('true');
    expect(
      (await ask('GET', '/api/chatroom/', { origin: 'https://evil.example' })).headers.get(
        'access-control-allow-origin',
      ),
    ).not.toBe('https://evil.example');
  });
});
