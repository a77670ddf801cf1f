import { io } from 'socket.io-client';
import { expectProblemBody, expectStatus } from '../support/api';
import { directChat, newGroup, newPeople, Person, send } from '../support/people';
import { startServer, Server } from '../support/server';
import { openSocketIo, SocketIoSocket } from '../support/socket-io-socket';
import { closeSockets } from '../support/sockets';
import { Ack, Chat } from '../support/wire';

/** What only Socket.IO has: all chats of the user on one connection, acknowledgement callbacks. */
describe('the Socket.IO namespace /v1', () => {
  let server: Server;
  let ann: Person, ben: Person;
  let chat: Chat;
  beforeAll(async () => {
    server = await startServer();
    [ann, ben] = (await newPeople(server, 2)) as [Person, Person];
    chat = await newGroup(ann, [ben]);
  });
  afterEach(closeSockets);
  afterAll(() => server.stop());

  const open = (person: Person, options = {}) => openSocketIo(server, person, 0, options);

  test.each([
    ['auth.token', (token: string) => ({ auth: { token } })],
    ['auth.token with the word Bearer', (token: string) => ({ auth: { token: `Bearer ${token}` } })],
    ['a header', (token: string) => ({ auth: {}, extraHeaders: { authorization: `Bearer ${token}` } })],
  ])('takes the token in %s', async (_where, options) => {
    expect((await open(ann, options(ann.token))).connected.user_id).toBe(ann.id);
  });

  test('serves clients that begin with long polling, as they do by default', async () => {
    const socket = await open(ann, { transports: ['polling', 'websocket'] });
    expect(await socket.request('message', { chat_id: chat.id, content: 'polled' })).toMatchObject({ ok: true });
    const polling = await open(ben, { transports: ['polling'] });
    const { id } = await send(ann, chat, 'to who polls');
    await polling.inbox.waitFor('new_message', ({ message }) => message?.id === id);
  });

  test('hears all chats of its user, each event under the name that is its type', async () => {
    const [socket, direct] = [await open(ann), await directChat(ann, ben)];
    for (const where of [chat, direct]) {
      const { id } = await send(ben, where, 'x');
      await socket.inbox.waitFor('new_message', ({ message }) => message?.id === id);
    }
    expect(socket.misnamed).toEqual([]);
  });

  test('hears a chat from the moment on at which its user comes into it', async () => {
    const [mine, theirs] = [await open(ann), await open(ben)];
    const created = await newGroup(ann, [ben]);
    await send(ann, created, 'welcome');
    await theirs.inbox.waitFor('new_message', ({ chat_id }) => chat_id === created.id);

    const later = await newGroup(ann, []);
    await send(ann, later, 'alone');
    expectStatus(await ann.api.post(`/chats/${later.id}/participants`, { user_id: ben.id }), 200);
    await send(ann, later, 'together');
    const heard = await theirs.inbox.waitFor('new_message', ({ chat_id }) => chat_id === later.id);
    expect(heard.message?.content).toBe('together');
    const added = await mine.inbox.waitFor('participant_added', ({ chat_id }) => chat_id === later.id);
    expect(added.participant?.user_id).toBe(ben.id);
  });

  test.each<[string, unknown[]]>([
    ['nothing', []],
    ['null', [null]],
    ['a string', ['hello']],
    ['a number', [7]],
    ['a list', [[1, 2]]],
    ['bytes', [Buffer.from('hello')]],
    ['two objects', [{ content: 1 }, { content: 2 }]],
  ])('answers %s instead of a payload through the callback', async (_what, payload) => {
    const socket = await open(ann);
    const ack = await socket.call<Ack>('message', ...payload);
    expect(ack.ok).toBe(false);
    expectProblemBody(ack.error, ack.error?.status ?? 0);
    expect(ack.error?.status).toBeLessThan(500);
    expect((await socket.request('message', { chat_id: chat.id, content: 'fine' })).ok).toBe(true);
  });

  test('wants to know which chat', async () => {
    const socket: SocketIoSocket = await open(ann);
    const ack = await socket.request('message', { content: 'to whom?' });
    expectProblemBody(ack.error, 422);
    expect(ack.error?.errors?.[0]?.path).toBe('chat_id');
  });

  test('acknowledges nothing that it does not know, and goes on', async () => {
    const socket = await open(ann);
    for (const event of ['explode', 'constructor', '__proto__', 'new_message', 'connection']) {
      socket.emit(event, { chat_id: chat.id, content: 'x' });
    }
    expect((await socket.request('message', { chat_id: chat.id, content: 'fine' })).ok).toBe(true);
    expect(server.logs.errors).toEqual([]);
  });

  test('a ping without a callback is answered by an event', async () => {
    const socket = await open(ann);
    socket.emit('ping', { chat_id: chat.id });
    expect(await socket.inbox.waitFor('pong')).toMatchObject({ type: 'pong', chat_id: chat.id });
  });

  test('a frame over 256 KiB ends the connection and harms nobody else', async () => {
    const [socket, other] = [await open(ann), await open(ben)];
    socket.emit('message', { chat_id: chat.id, content: 'x'.repeat(256 * 1024) });
    await socket.closed;
    expect((await other.request('message', { chat_id: chat.id, content: 'fine' })).ok).toBe(true);
  });

  test('knows no other namespace', async () => {
    const client = io(`${server.url}/nothing`, { forceNew: true, reconnection: false, transports: ['websocket'] });
    const refused = await new Promise<Error>((resolve) => client.once('connect_error', resolve));
    client.disconnect();
    expect(refused.message).toMatch(/namespace/i);
  });
});
