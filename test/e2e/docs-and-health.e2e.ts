import { Answer, expectProblem, expectStatus, request } from '../support/api';
import { anyOf, having, including, matching } from '../support/matchers';
import { OpenApi, operationName, operationsOf, readOpenApi, resolveSchema } from '../support/openapi';
import { newGroup, newPeople, newPerson, nobody, Person, send } from '../support/people';
import { startServer, Server } from '../support/server';
import { closeSockets, openRaw, openSocketIo } from '../support/sockets';

const CONTRACT = [
  'POST /api/v1/users/register',
  'POST /api/v1/users/login',
  'POST /api/v1/users/refresh',
  'POST /api/v1/users/logout',
  'GET /api/v1/users/me/sessions',
  'DELETE /api/v1/users/me/sessions/{session_id}',
  'GET /api/v1/users/me',
  'PUT /api/v1/users/me',
  'DELETE /api/v1/users/me',
  'GET /api/v1/users/search',
  'GET /api/v1/users/{user_id}',
  'POST /api/v1/chats/',
  'GET /api/v1/chats/',
  'GET /api/v1/chats/{chat_id}',
  'PUT /api/v1/chats/{chat_id}',
  'DELETE /api/v1/chats/{chat_id}',
  'GET /api/v1/chats/{chat_id}/participants',
  'POST /api/v1/chats/{chat_id}/participants',
  'DELETE /api/v1/chats/{chat_id}/participants',
  'PUT /api/v1/chats/{chat_id}/participants/{user_id}',
  'GET /api/v1/chats/{chat_id}/changes',
  'POST /api/v1/chats/{chat_id}/read',
  'POST /api/v1/messages/',
  'GET /api/v1/messages/chat/{chat_id}',
  'PUT /api/v1/messages/{message_id}',
  'DELETE /api/v1/messages/{message_id}',
  'GET /api/v1/messages/{message_id}/revisions',
  'GET /api/v1/ws/stats',
  'GET /api/v1/ws/chat/{chat_id}/online',
  'GET /health',
  'GET /health/live',
  'GET /api/v1/info',
];

let server: Server;
let document: OpenApi;
beforeAll(async () => {
  server = await startServer();
  document = await readOpenApi(server);
});
afterEach(closeSockets);
afterAll(() => server.stop());

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer<Record<string, unknown>>> =>
  request('GET', server.url + path, { headers });

describe('the documentation', () => {
  test('has every operation of the contract', () => {
    expect(document.openapi).toMatch(/^3\./);
    const names = operationsOf(document).map(({ name }) => name);
    const expected = CONTRACT.map((line) => operationName(...(line.split(' ') as [string, string])));
    expect(expected.filter((name) => !names.includes(name))).toEqual([]);
  });

  test('says of every operation what it does, takes, answers and refuses', () => {
    const lacks: string[] = [];
    for (const { name, method, path, operation } of operationsOf(document)) {
      const need = (there: unknown, what: string) => there || lacks.push(`${name}: ${what}`);
      need(operation.summary, 'a summary');
      const named = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map((p) => p.name);
      for (const [, parameter] of path.matchAll(/\{([^}]+)\}/g)) {
        need(named.includes(parameter ?? ''), `the parameter ${parameter}`);
      }
      const statuses = Object.keys(operation.responses);
      need(
        statuses.some((status) => status.startsWith('2')),
        'an answer',
      );
      if (!name.includes('/api/v1/') || name.endsWith('/info')) continue;
      const open = /register|login|refresh/.test(name) || method === 'OPTIONS';
      if (!open) need(statuses.includes('401'), 'the answer 401');
      if (method === 'POST' || method === 'PUT') {
        if (!name.endsWith('logout')) need(operation.requestBody, 'a body');
        for (const status of ['400', '413', '415', '422']) need(statuses.includes(status), `the answer ${status}`);
      }
      if (path.includes('{')) need(statuses.includes('404'), 'the answer 404');
      need(statuses.includes('429'), 'the answer 429');
      for (const status of statuses.filter((code) => code.startsWith('4'))) {
        need(operation.responses[status]?.content?.['application/problem+json'], `the problem of ${status}`);
      }
    }
    expect(lacks).toEqual([]);
  });

  test('has an example for every body that is sent and every answer that has one', () => {
    const lacks = operationsOf(document)
      .filter(({ name }) => name.includes('/api/v1/'))
      .flatMap(({ name, operation }) => {
        const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
        const media = [operation.requestBody?.content, ...answers.map(([, { content }]) => content)];
        return media
          .flatMap((content) => Object.values(content ?? {}))
          .filter((one) => !JSON.stringify([one, resolveSchema(document, one.schema)]).includes('example'))
          .map(() => name);
      });
    expect(lacks).toEqual([]);
  });

  test('describes the shapes that are really answered', async () => {
    const [ann, ben] = (await newPeople(server, 2)) as [Person, Person];
    const chat = await newGroup(ann, [ben]);
    const message = await send(ann, chat, 'x');
    expectStatus(await ann.api.put(`/messages/${message.id}`, { content: 'y' }), 200);
    const paths: [string, string][] = [
      ['/users/me', '/api/v1/users/me'],
      ['/users/me/sessions', '/api/v1/users/me/sessions'],
      [`/users/${ben.id}`, '/api/v1/users/{user_id}'],
      [`/users/search?q=${ben.username}`, '/api/v1/users/search'],
      ['/chats/', '/api/v1/chats/'],
      [`/chats/${chat.id}`, '/api/v1/chats/{chat_id}'],
      [`/chats/${chat.id}/participants`, '/api/v1/chats/{chat_id}/participants'],
      [`/chats/${chat.id}/changes?after=0`, '/api/v1/chats/{chat_id}/changes'],
      [`/messages/chat/${chat.id}`, '/api/v1/messages/chat/{chat_id}'],
      [`/messages/chat/${chat.id}?before=9`, '/api/v1/messages/chat/{chat_id}'],
      [`/messages/${message.id}/revisions`, '/api/v1/messages/{message_id}/revisions'],
      ['/ws/stats', '/api/v1/ws/stats'],
      [`/ws/chat/${chat.id}/online`, '/api/v1/ws/chat/{chat_id}/online'],
    ];
    for (const [path, documented] of paths) {
      const body = expectStatus(await ann.api.get<Record<string, unknown>>(path), 200);
      const found = operationsOf(document).find(({ name }) => name === operationName('GET', documented));
      const schema = resolveSchema(document, found?.operation.responses['200']?.content?.['application/json']?.schema);
      expect([path, Object.keys(schema.properties ?? {})]).toEqual([path, including(Object.keys(body))]);
      const [item] = (body.items ?? []) as object[];
      if (item === undefined) continue;
      const shown = resolveSchema(document, resolveSchema(document, schema.properties?.items).items);
      expect([path, [...(shown.required ?? [])].sort()]).toEqual([path, Object.keys(item).sort()]);
    }
  });

  test.each(['/docs', '/redoc'])('%s works without anything from elsewhere', async (path) => {
    const page = await get(path, { accept: 'text/html' });
    const at = [301, 302, 307, 308].includes(page.status) ? (page.headers.get('location') ?? '') : path;
    const html = await get(new URL(at, server.url + path).pathname, { accept: 'text/html' });
    expectStatus(html, 200);
    expect(html.headers.get('content-type')).toMatch(/text\/html/);
    const links = [...html.text.matchAll(/(?:src|href)=["']([^"'#]+)["']/g)].map(([, link]) => link ?? '');
    expect(links.length).toBeGreaterThan(0);
    for (const link of links.filter((one) => !one.startsWith('data:'))) {
      const url = new URL(link, `${server.url}${new URL(at, server.url + path).pathname}`);
      expect(url.origin).toBe(server.url);
      expectStatus(await request('GET', url.href), 200);
    }
    expect(html.text).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)[^"'\s]+\.(?:js|css|woff2?)/);
  });
});

describe('the system', () => {
  test('answers at its root with JSON', async () => {
    const answer = await get('/', { accept: 'application/json' });
    expectStatus(answer, 200);
    expect(answer.headers.get('content-type')).toMatch(/application\/json/);
  });

  test('says how it is, store by store', async () => {
    const health = expectStatus(await get('/health'), 200);
    expect(health.status).toBe('ok');
    expect(JSON.stringify(health)).toMatch(/latency/);
    expectStatus(await get('/health/live'), 200);
  });

  test('says what it is and what its limits are', async () => {
    const info = expectStatus(await get('/api/v1/info'), 200);
    expect(info).toMatchObject({ name: anyOf(String), version: matching(/^\d+\.\d+\.\d+/) });
    expect(JSON.stringify(info.limits)).toMatch(/10000/);
  });

  test('counts requests, commits, deliveries, connections and the delay of its event loop', async () => {
    const ann = await newPerson(server);
    const chat = await newGroup(ann, []);
    await openRaw(server, ann, chat.id);
    await openSocketIo(server, ann);
    await send(ann, chat, 'x');
    // Each node counts its own.
    const answers = await Promise.all(server.nodes.map(({ url }) => request('GET', `${url}/metrics`)));
    const metrics = answers.map(({ text }) => text).join('\n');
    expect(answers[0]?.headers.get('content-type')).toMatch(/text\/plain/);
    for (const name of ['http_request', 'commit_batch_size', 'deliveries_total', 'connections', 'eventloop']) {
      expect(metrics).toMatch(new RegExp(`^\\w*${name}\\w*(\\{.*\\})? [\\d.e-]*[1-9]`, 'm'));
    }
    expect(metrics).not.toContain(ann.username);
  });

  test('every path answers with and without its last slash', async () => {
    const ann = await newPerson(server);
    const chat = await newGroup(ann, []);
    const paths = ['/users/me', '/users/me/sessions', '/chats', `/chats/${chat.id}`, `/chats/${chat.id}/participants`];
    for (const path of [...paths, '/ws/stats', '/info', `/messages/chat/${chat.id}`, `/chats/${chat.id}/changes`]) {
      for (const shown of [path, `${path}/`]) {
        const query = path.endsWith('changes') ? '?after=0' : '';
        expect([shown, (await ann.api.get(shown + query)).status]).toEqual([shown, 200]);
      }
    }
    for (const path of ['/messages', '/messages/']) {
      expectStatus(await ann.api.post(path, { chat_id: chat.id, content: 'x' }), 201);
    }
    for (const path of ['/health', '/health/live', '/openapi.json']) {
      for (const shown of [path, `${path}/`]) expectStatus(await get(shown), 200);
    }
  });

  test('tells browsers with every answer what they may do with it', async () => {
    for (const path of ['/', '/docs', '/api/v1/users/me', '/api/v1/nowhere', '/health']) {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'self';script-src 'self';/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      // Whether there is HTTPS is the proxy's to say.
      expect(headers.get('strict-transport-security')).toBeNull();
    }
  });

  test('logs requests by id, and never a token, a password or a text', async () => {
    await server.restart({ environment: { LOG_LEVEL: 'trace' } });
    const ann = await newPerson(server);
    const chat = await newGroup(ann, []);
    const text = 'the text of a message';
    for (const socket of [await openRaw(server, ann, chat.id), await openSocketIo(server, ann)]) {
      await socket.request('message', { chat_id: chat.id, content: text });
      await socket.request('message', { chat_id: chat.id, content: text, unknown: text });
    }
    const sent = await send(ann, chat, text);
    expectStatus(await ann.api.put(`/messages/${sent.id}`, { content: `${text} again` }), 200);
    const change = { password: 'another password', current_password: ann.password };
    expectStatus(await ann.api.put('/users/me', change), 200);
    expectProblem(await nobody(server).get(`/users/me?token=${ann.token}`), 401);
    expectStatus(await nobody(server).post('/users/refresh', { refresh_token: ann.refreshToken }), 200);
    await closeSockets();

    const marker = await get('/api/v1/info');
    expectStatus(marker, 200);
    const log = server.logs.text();
    for (const secret of [ann.token.split('.')[2] ?? '', ann.refreshToken, ann.password, change.password, text]) {
      expect(log).not.toContain(secret);
    }
    const requests = server.logs.lines.filter(({ method, path }) => method === 'PUT' && path === '/api/v1/users/me');
    expect(requests).toEqual([having({ request_id: anyOf(String), status: 200 })]);
    await server.restart({ environment: { LOG_LEVEL: 'info' } });
  });
});
