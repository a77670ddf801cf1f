import { expectProblemBody, expectStatus, request } from '../support/api';
import { newGroup, newPeople, Person, send } from '../support/people';
import { openRaw, RawSocket, rawUrl } from '../support/raw-socket';
import { startServer, Server } from '../support/server';
import { closeSockets, refusal } from '../support/sockets';
import { Chat } from '../support/wire';

const MAX_FRAME_BYTES = 256 * 1024;

/** What only the raw WebSocket has: one chat, frames named by `type`, close codes. */
describe('the raw WebSocket', () => {
  let server: Server;
  let ann: Person, ben: Person;
  let chat: Chat, other: Chat;
  let socket: RawSocket;
  beforeAll(async () => {
    server = await startServer();
    [ann, ben] = (await newPeople(server, 2)) as [Person, Person];
  });
  beforeEach(async () => {
    [chat, other] = [await newGroup(ann, [ben]), await newGroup(ann, [ben])];
    socket = await openRaw(server, ann, chat.id);
  });
  afterEach(closeSockets);
  afterAll(() => server.stop());

  const frameOf = (bytes: number) => {
    const frame = (filler: string) => JSON.stringify({ type: 'message', content: 'x', filler, ref: 'big' });
    return frame('f'.repeat(bytes - frame('').length));
  };

  test('takes the token by query or by header, and the path with or without its last slash', async () => {
    await openRaw(server, ann, chat.id, { tokenIn: 'header' });
    await openRaw(server, ann, `${chat.id}/`);
  });

  test.each(['999999999', '0', '999999999999'])('knows no chat %s', async (chatId) => {
    expect((await refusal(openRaw(server, ann, chatId))).closing.code).toBe(4404);
  });

  test.each(['-1', 'x', '1.5', '99999999999999999999', '%2e%2e', 'constructor', ''])(
    'is not served at /%s, which is no chat',
    async (chatId) => {
      const { code, reason } = (await refusal(openRaw(server, ann, chatId))).closing;
      expect(code === 4404 || reason.includes('404')).toBe(true);
    },
  );

  test('keeps a stranger out as if the chat were not there', async () => {
    const [stranger] = (await newPeople(server, 1)) as [Person];
    const kept = (await refusal(openRaw(server, stranger, chat.id))).closing;
    expect(kept).toEqual((await refusal(openRaw(server, stranger, 999_999_999))).closing);
    expect(kept.code).toBe(4404);
  });

  test('hears its own chat only', async () => {
    const mark = socket.inbox.frames.length;
    await send(ben, other, 'elsewhere');
    const { id } = await send(ben, chat, 'here');
    const heard = await socket.inbox.until(mark, 'new_message', ({ message }) => message?.id === id);
    expect(heard).toHaveLength(1);
  });

  test('does without chat_id, and refuses another than its own', async () => {
    expect(await socket.request('message', { content: 'here' })).toMatchObject({
      ok: true,
      message: { chat_id: chat.id, content: 'here' },
    });
    expect((await socket.request('read', { seq: 1 })).ok).toBe(true);
    const elsewhere = await socket.request('message', { chat_id: other.id, content: 'there' });
    expect(elsewhere.ok).toBe(false);
    expectProblemBody(elsewhere.error, elsewhere.error?.status ?? 0);
    expect((await socket.request('read', { chat_id: other.id, seq: 1 })).ok).toBe(false);
    const history = expectStatus(await ann.api.get<{ total: number }>(`/messages/chat/${other.id}`), 200);
    expect(history.total).toBe(0);
  });

  test('gives back the ref and the key of what it acknowledges, also of what it refuses', async () => {
    socket.emit('message', { content: 'x', ref: 'my ref', client_id: 'my key' });
    expect(await socket.inbox.waitFor('ack')).toMatchObject({ ref: 'my ref', client_id: 'my key', ok: true });
    socket.emit('message', { content: '', ref: '🔑'.repeat(64), client_id: 'my key 2' });
    expect(await socket.inbox.waitFor('ack')).toMatchObject({
      ref: '🔑'.repeat(64),
      client_id: 'my key 2',
      ok: false,
    });
    socket.emit('message', { content: 'without' });
    expect(await socket.inbox.waitFor('ack')).not.toHaveProperty('ref');
  });

  test.each([
    ['a ref that is too long', { ref: 'r'.repeat(65) }],
    ['a ref that is a number', { ref: 7 }],
  ])('refuses %s', async (_what, fields) => {
    socket.emit('message', { content: 'x', ...fields });
    const answer = await socket.inbox.waitFor(['ack', 'error']);
    expectProblemBody(answer.error, 422);
    expect(answer.ref).toBeUndefined();
  });

  test.each([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['half of a JSON', '{"type": "message"'],
    ['a list', '[1, 2]'],
    ['null', 'null'],
    ['a number', '7'],
    ['a string', '"message"'],
    ['an object without a type', '{"content": "x"}'],
    ['an unknown type', '{"type": "explode"}'],
    ['a type that every object has', '{"type": "constructor"}'],
    ['a type that is no string', '{"type": {"a": 1}}'],
    ['a type of what the server sends', '{"type": "new_message"}'],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00])],
    ['bytes', new TextEncoder().encode('not JSON either')],
  ])('answers %s with an error and stays open', async (_what, text) => {
    socket.sendText(text);
    const { error } = await socket.inbox.waitFor('error');
    expectProblemBody(error, error?.status ?? 0);
    expect(error?.status).toBeGreaterThanOrEqual(400);
    expect(error?.status).toBeLessThan(500);
    expect((await socket.request('message', { content: 'still here' })).ok).toBe(true);
  });

  test('refuses JSON deeper than 32 levels', async () => {
    const content = (levels: number) => `${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}`;
    socket.sendText(`{"type": "message", "ref": "a", "content": ${content(32)}}`);
    expectProblemBody((await socket.inbox.waitFor('ack')).error, 422);
    socket.sendText(`{"type": "message", "ref": "b", "content": ${content(33)}}`);
    const answer = await socket.inbox.waitFor(['ack', 'error']);
    expectProblemBody(answer.error, 400);
    expect((await socket.request('message', { content: 'still here' })).ok).toBe(true);
  });

  test('takes a frame of 256 KiB and closes with 1009 after a larger one', async () => {
    socket.sendText(frameOf(MAX_FRAME_BYTES));
    expect(await socket.inbox.waitFor('ack')).toMatchObject({ ref: 'big', ok: false });
    socket.sendText(frameOf(MAX_FRAME_BYTES + 1));
    expect((await socket.closed).code).toBe(1009);
  });

  test('closes with 1007 what says it is text and is not, and harms nobody else', async () => {
    const other = await openRaw(server, ben, chat.id);
    socket.ws.send(Buffer.from([0xc3, 0x28]), { binary: false });
    const gone = await socket.closed;
    expect(gone.code).toBe(1007);
    expect((await other.request('message', { content: 'still here' })).ok).toBe(true);
  });

  test('is not what plain HTTP gets', async () => {
    const answer = await request('GET', `${server.url}/api/v1/ws/${chat.id}`, { token: ann.token });
    expect([400, 404, 405, 426]).toContain(answer.status);
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
  });

  test('is served at its own address only', async () => {
    const url = rawUrl(server, chat.id).replace('/api/v1/ws/', '/api/v1/nothing/');
    const answer = await request('GET', url.replace('ws:', 'http:'), {
      headers: { connection: 'upgrade', upgrade: 'websocket' },
    }).catch(() => undefined);
    expect(answer?.status ?? 404).toBe(404);
  });
});
