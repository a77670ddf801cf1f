import { once } from 'node:events';
import WebSocket from 'ws';
import { Answer, expectProblem, expectProblemBody, expectStatus, request, RequestOptions } from '../support/api';
import { openAuthChat } from '../support/auth-chat-socket';
import { newGroup, newPerson, nobody, Person } from '../support/people';
import { startServer, Server } from '../support/server';
import { closeSockets, openRaw, openSocketIo, refusal } from '../support/sockets';
import { Chat } from '../support/wire';

/** Namespaces that one connection may ask for in a minute. */
const MAX_CONNECTS = 60;
const BAD = 'made-up';
const JSON_TYPE = { 'content-type': 'application/json' };

/** What comes to no handler that could count it, and how that is answered. */
const UNHANDLED: [what: string, status: number, method: string, path: string, options?: RequestOptions][] = [
  ['an address where nothing is', 404, 'GET', '/nowhere'],
  ['a method that an address does not have', 405, 'DELETE', '/health'],
  ['an address that can not be read', 400, 'GET', '/api/v1/%zz'],
  ['a body that is no JSON', 400, 'POST', '/api/v1/users/login', { raw: '{', headers: JSON_TYPE }],
  ['a body of another type', 415, 'POST', '/auth/signup', { raw: 'x', headers: { 'content-type': 'text/plain' } }],
  ['a body that is too large', 413, 'POST', '/api/user/login', { body: { x: 'x'.repeat(300_000) } }],
  ['the documents', 200, 'GET', '/docs'],
  ['a file of the documents', 200, 'GET', '/docs/swagger-ui.css'],
  ['the document itself', 200, 'GET', '/openapi.json'],
];

describe('limits at the doors', () => {
  let server: Server;
  let ann: Person;
  let chat: Chat;
  afterEach(closeSockets);
  afterEach(() => server.stop());

  /** @param perMinute requests; the accounts are made before */
  const start = async (perMinute: number, environment: Record<string, string> = {}) => {
    server = await startServer({ RATE_LIMITS: 'off', LIMIT_REQUESTS_PER_MINUTE: String(perMinute), ...environment });
    ann = await newPerson(server);
    chat = await newGroup(ann, []);
    await server.restart({ environment: { RATE_LIMITS: 'on' } });
  };
  const left = ({ headers }: Answer<unknown>) => Number(headers.get('ratelimit-remaining') ?? NaN);
  /** How many requests Ann has left, and nobody in particular, after this one. */
  const leftToAnn = async () => left(await ann.api.get('/users/me'));
  const leftToNobody = async () => left(await nobody(server).get('/users/me'));
  const ask = ([, , method, path, options]: (typeof UNHANDLED)[number], token?: string) =>
    request(method, server.url + path, { ...options, token });

  test('count what no handler counts, once each, and refuse it when it is too much', async () => {
    await start(UNHANDLED.length);
    let remaining = UNHANDLED.length;
    for (const one of UNHANDLED) {
      const answer = await ask(one);
      expect([one[0], answer.status, left(answer)]).toEqual([one[0], one[1], --remaining]);
    }
    for (const one of UNHANDLED) {
      const answer = await ask(one);
      expect([one[0], answer.status, left(answer)]).toEqual([one[0], 429, 0]);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    for (const path of ['/health', '/health/live', '/metrics']) {
      const answer = await request('GET', server.url + path);
      expect([path, answer.status, left(answer)]).toEqual([path, 200, NaN]);
    }
    expect(await leftToAnn()).toBe(UNHANDLED.length - 1);
  });

  test('count it for the user whose token came with it', async () => {
    await start(100);
    for (const one of UNHANDLED.filter(([, status]) => status !== 200)) await ask(one, ann.token);
    expect(await leftToAnn()).toBe(100 - 6 - 1);
    expect(await leftToNobody()).toBe(99);
  });

  test('count handshakes that fail, whichever way, for their address', async () => {
    await start(6);
    const token = BAD;
    for (let n = 0; n < 2; n++) {
      expect((await refusal(openRaw(server, { token }, chat.id))).closing.code).toBe(4401);
      expectProblemBody((await refusal(openSocketIo(server, { token }))).problem, 401);
      await expect(openAuthChat(server, token)).rejects.toThrow();
    }
    expect((await refusal(openRaw(server, { token }, chat.id))).closing.reason).toMatch(/429/);
    expectProblemBody((await refusal(openSocketIo(server, { token }))).problem, 429, 'request.rate_limited');
    await expect(openAuthChat(server, token)).rejects.toThrow(/^Too many requests\./);
    expectProblem(await nobody(server).get('/users/me'), 429);
    for (const door of [openRaw, openSocketIo]) await door(server, ann, chat.id);
    await openAuthChat(server, ann.token);
    expect(await leftToAnn()).toBe(6 - 3 - 1);
  });

  test('tell a client by HTTP that its WebSocket comes too often, and when to come again', async () => {
    await start(1);
    await leftToNobody();
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/v1/ws/${chat.id}?token=${BAD}`);
    socket.on('error', () => undefined);
    const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, import('node:http').IncomingMessage];
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  });

  test('know the address of a handshake behind a proxy', async () => {
    await start(1, { TRUST_PROXY: '127.0.0.1' });
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    const knock = async (address: string) =>
      (await refusal(openRaw(server, { token: BAD }, chat.id, from(address)))).closing.code;
    expect([await knock('10.0.0.1'), await knock('10.0.0.1'), await knock('10.0.0.2')]).toEqual([4401, 1006, 4401]);
    expectStatus(await nobody(server).get('/users/me', from('10.0.0.2')), 429);
  });

  test.each([
    ['that there are not', '/nowhere'],
    ['with a bad token', '/v1'],
  ])('close a connection that asks for namespaces without end: %s', async (_what, name) => {
    await start(100_000);
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const answers: string[] = [];
    socket.on('message', (data: Buffer) => answers.push(data.toString()));
    await once(socket, 'message');
    for (let n = 0; n < 2 * MAX_CONNECTS; n++) socket.send(`40${name},{"token":"${BAD}"}`);
    await once(socket, 'close');
    expect(answers.filter((text) => text.startsWith('44')).length).toBeLessThanOrEqual(MAX_CONNECTS + 1);
  });

  test('count nothing at all when they are off', async () => {
    await start(1, {});
    await server.restart({ environment: { RATE_LIMITS: 'off' } });
    for (const one of UNHANDLED) {
      const answers = [await ask(one), await ask(one)];
      expect(answers.map((answer) => [one[0], answer.status, left(answer)])).toEqual(
        Array(2).fill([one[0], one[1], NaN]),
      );
    }
    for (let n = 0; n < 3; n++) expect((await refusal(openRaw(server, {}, chat.id))).closing.code).toBe(4401);
  });
});
