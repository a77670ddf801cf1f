import { Answer, expectInvalid, expectProblem, expectStatus, request } from '../support/api';
import { newGroup, newPeople, newPerson, Person } from '../support/people';
import { startServer, Server } from '../support/server';
import { closeSockets, openRaw, openSocketIo } from '../support/sockets';
import { Changes, Chat, ListedChat, Message, Page, Revision } from '../support/wire';

const MAX_BODY_BYTES = 256 * 1024;

const TEXTS: [string, string][] = [
  ['emoji of many parts', '👩🏽‍🚀 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ☺️'],
  ['Persian with ZWNJ', 'می‌خواهم ‏نیم‌فاصله‎ ۱۲۳'],
  ['combining marks, not composed', 'e\u0301 a\u030a \u1100\u1161\u11a8 Z̵̤͒a̷l̸g̶o̴'],
  ['the same composed', '\u00e9 \u00e5 각'],
  ['white space around and within', ' \t\r\n a  b \u2028\u2029\u00a0 '],
  ['right to left overrides', '\u202eabc\u202c \u2066x\u2069'],
  ['markup and quotes', `<script>alert("1")</script> ' " \\ \` \${x} {{y}} --; DROP TABLE users`],
  ['control characters but NUL', '\u0001\u0008\u001b[31m\u007f\u0085'],
  ['the ends of Unicode', '\ufffd\uffff\u{10ffff}\u{1f600}\ufeffx'],
  ['what looks like an escape', String.raw`\u0000 \n %00 &#0; \ud800`],
  ['words that code knows', '__proto__ null undefined NaN [object Object]'],
];

describe('input', () => {
  let server: Server;
  let ann: Person, ben: Person;
  let chat: Chat;
  beforeAll(async () => {
    server = await startServer();
    [ann, ben] = (await newPeople(server, 2)) as [Person, Person];
  });
  beforeEach(async () => {
    chat = await newGroup(ann, [ben]);
  });
  afterEach(closeSockets);
  afterAll(async () => {
    expect(server.logs.errors).toEqual([]);
    await server.stop();
  });

  const post = (raw: string | Uint8Array<ArrayBuffer>, type = 'application/json'): Promise<Answer<unknown>> =>
    ann.api.call('POST', '/messages/', { raw, headers: { 'content-type': type } });
  const nested = (levels: number) =>
    `{"chat_id": ${chat.id}, "content": ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
  const nothingStored = async () =>
    expect(expectStatus(await ann.api.get<Changes>(`/chats/${chat.id}/changes?after=0`), 200).last_seq).toBe(0);

  test.each(TEXTS)('text is kept exactly as sent: %s', async (_what, content) => {
    const sockets = [await openRaw(server, ben, chat.id), await openSocketIo(server, ben)] as const;
    const sent = expectStatus(await ann.api.post<Message>('/messages/', { chat_id: chat.id, content }), 201);
    const seen = [sent.content];
    for (const { inbox } of sockets) seen.push((await inbox.waitFor('new_message')).message?.content ?? '');
    const page = expectStatus(await ben.api.get<Page<Message>>(`/messages/chat/${chat.id}`), 200);
    const list = expectStatus(await ben.api.get<Page<ListedChat>>('/chats/'), 200);
    seen.push(page.items[0]?.content ?? '', list.items[0]?.last_message?.content ?? '');
    for (const socket of sockets) {
      const ack = await socket.request('message', { chat_id: chat.id, content });
      seen.push(ack.message?.content ?? '');
    }
    expectStatus(await ann.api.put(`/messages/${sent.id}`, { content: 'edited' }), 200);
    const revisions = expectStatus(await ben.api.get<Page<Revision>>(`/messages/${sent.id}/revisions`), 200);
    seen.push(revisions.items[0]?.content ?? '');
    expect(seen).toEqual(seen.map(() => content));
  });

  test('a body may have 256 KiB and no byte more', async () => {
    const body = (filler: string) => JSON.stringify({ chat_id: chat.id, content: 'x', filler });
    const padded = (bytes: number) => body('f'.repeat(bytes - body('').length));
    expectInvalid(await post(padded(MAX_BODY_BYTES)), 'filler');
    expectProblem(await post(padded(MAX_BODY_BYTES + 1)), 413);
    await nothingStored();
  });

  test('a body that does not say how long it is is cut at the limit too', async () => {
    const chunk = new TextEncoder().encode('{"a": "' + 'f'.repeat(64 * 1024));
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        // The last one goes over it: who still wrote when the answer came would not read that.
        for (let n = 0; n < 4; n++) controller.enqueue(chunk);
        controller.close();
      },
    });
    const response = await fetch(`${server.url}/api/v1/messages/`, {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ann.token}` },
    });
    expect(response.status).toBe(413);
  });

  test('the longest legal message fits however it is escaped', async () => {
    const escaped = '\\ud83d\\ude00'.repeat(10_000);
    const sent = expectStatus((await post(`{"chat_id":${chat.id},"content":"${escaped}"}`)) as Answer<Message>, 201);
    expect(sent.content).toBe('😀'.repeat(10_000));
  });

  test('JSON may have 32 levels', async () => {
    expectInvalid(await post(nested(32)), 'content');
    expectProblem(await post(nested(33)), 400);
    expectProblem(await post('['.repeat(100_000)), 400);
    expectProblem(await post('{"a":'.repeat(40_000)), 400);
  });

  test('brackets within a text are no levels', async () => {
    const content = '[{'.repeat(100) + '\\"[';
    expectStatus(await post(JSON.stringify({ chat_id: chat.id, content })), 201);
  });

  test.each([
    ['nothing', ''],
    ['half of it', '{"chat_id": 1,'],
    ['no JSON', 'chat_id=1'],
    ['a comma too many', '{"chat_id": 1,}'],
    ['two of it', '{} {}'],
    ['no number', '{"chat_id": NaN}'],
    ['no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('a body that is %s is unreadable', async (_what, raw) => {
    expectProblem(await post(raw), 400);
  });

  test.each(['null', '[]', '"text"', '7', 'true', '[{}]'])('%s is no object', async (raw) => {
    const answer = await post(raw);
    expect([400, 422]).toContain(answer.status);
    expectProblem(answer, answer.status);
  });

  test.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'image/png', 'json'])(
    'a body of type %s is not taken',
    async (type) => {
      expectProblem(await post(JSON.stringify({ chat_id: chat.id, content: 'x' }), type), 415);
      await nothingStored();
    },
  );

  test.each([
    `{"chat_id": CHAT, "content": "x", "__proto__": {"is_admin": true}}`,
    `{"chat_id": CHAT, "content": "x", "constructor": {"prototype": {"is_admin": true}}}`,
    `{"chat_id": CHAT, "content": "x", "prototype": 1}`,
    `{"chat_id": CHAT, "content": "x", "toString": 1}`,
    `{"chat_id": CHAT, "content": "x", "hasOwnProperty": 1}`,
  ])('names that every object has are fields like any other: %s', async (template) => {
    const answer = await post(template.replace('CHAT', String(chat.id)));
    expect([400, 422]).toContain(answer.status);
    expectProblem(answer, answer.status);
    await nothingStored();
  });

  test.each(['"1"', '1.5', '0', '-1', '1e400', 'null', 'true', '[1]', '{}', '9007199254740993', '1e20'])(
    'the chat %s is refused or not found',
    async (chatId) => {
      const answer = await post(`{"chat_id": ${chatId}, "content": "x"}`);
      expect([404, 422]).toContain(answer.status);
      expectProblem(answer, answer.status);
    },
  );

  test.each(['x', '0', '-1', '1.5', '1e3', '9007199254740993', '99999999999999999999', '%00', '%F0%9F%98%80', '%zz'])(
    'the address /%s leads nowhere, politely',
    async (id) => {
      for (const path of [`/chats/${id}`, `/users/${id}`, `/messages/chat/${id}`, `/messages/${id}/revisions`]) {
        const answer = await ann.api.get(path);
        expect([400, 404, 422]).toContain(answer.status);
        expectProblem(answer, answer.status);
      }
    },
  );

  test('a parameter that comes twice is refused', async () => {
    expectInvalid(await ann.api.get('/chats/?limit=1&limit=2'), 'limit');
    expectProblem(await ann.api.get('/users/search?q=a&q=b'), 422);
  });

  test.each(['a\0b', '\ud800', 'a\udfffb'])('%j is no text in any field', async (text) => {
    expectInvalid(await ann.api.post('/chats/', { chat_type: 'group', name: text, participant_ids: [] }), 'name');
    expectInvalid(await ann.api.put(`/chats/${chat.id}`, { name: text }), 'name');
    expectInvalid(await ann.api.put('/users/me', { full_name: text }), 'full_name');
    expectInvalid(await ann.api.put('/users/me', { username: `name${text}` }), 'username');
    expectInvalid(await ann.api.post('/messages/', { chat_id: chat.id, content: text }), 'content');
    expectInvalid(await ann.api.post('/messages/', { chat_id: chat.id, content: 'x', client_id: text }), 'client_id');
  });

  test('a bad element of a list is named by its place', async () => {
    const answer = await ann.api.post('/chats/', {
      chat_type: 'group',
      name: 'x',
      participant_ids: [ben.id, 'x', ben.id, 1.5],
    });
    expectInvalid(answer, 'participant_ids.1', 'participant_ids.3');
  });

  test('lists in a body have a bound', async () => {
    const participant_ids = Array.from({ length: 20_000 }, (_, n) => n + 1);
    const answer = await ann.api.post('/chats/', { chat_type: 'group', name: 'x', participant_ids });
    expect([409, 422]).toContain(answer.status);
    const added = await ann.api.post(`/chats/${chat.id}/participants`, { user_ids: participant_ids });
    expect([409, 422]).toContain(added.status);
  });

  test('an empty body is no body, though clients such as axios call it a form', async () => {
    const { api } = await newPerson(server);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expectProblem(await api.call('POST', '/users/logout', { headers, raw: 'all=true' }), 415);
    expectStatus(await api.call('POST', '/users/logout', { headers, raw: '' }), 204);
  });

  test('unknown addresses and methods get a problem too', async () => {
    expectProblem(await ann.api.get('/nothing'), 404);
    expectProblem(await request('GET', `${server.url}/nothing/at/all`), 404);
    for (const method of ['PATCH', 'DELETE', 'PUT']) {
      const answer = await ann.api.call(method, '/users/search');
      expect([404, 405, 415]).toContain(answer.status);
      expectProblem(answer, answer.status);
    }
  });

  test('a very long address or header is refused', async () => {
    const long = await ann.api.get(`/users/search?q=${'x'.repeat(5000)}`);
    expectProblem(long, 422);
    const longer = await request('GET', `${server.url}/api/v1/users/me`, {
      headers: { 'x-filler': 'x'.repeat(40_000) },
    });
    expect(longer.status).toBe(431);
  });
});
