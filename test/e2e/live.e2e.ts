import { expectProblemBody, expectStatus } from '../support/api';
import { matching } from '../support/matchers';
import { newGroup, newPeople, newPerson, Person, send } from '../support/people';
import { startServer, Server } from '../support/server';
import { closeSockets, LiveSocket, OpenSocket, refusal, SOCKETS } from '../support/sockets';
import { eventually } from '../support/wait';
import { Changes, Chat, Frame, ListedChat, Page, TIMESTAMP, User } from '../support/wire';

const TYPING_STOPS_AFTER_MS = 6000;

/** What a socket sends and hears, the same on both. */
describe.each(SOCKETS)('live through %s', (_name, openSocket: OpenSocket) => {
  let server: Server;
  let ann: Person, ben: Person, cem: Person;
  let chat: Chat;
  beforeAll(async () => {
    server = await startServer();
  });
  beforeEach(async () => {
    [ann, ben, cem] = (await newPeople(server, 3)) as [Person, Person, Person];
    chat = await newGroup(ann, [ben]);
  });
  afterEach(closeSockets);
  afterAll(() => server.stop());

  const open = (person: Person, where = chat) => openSocket(server, person, where.id);
  const feed = async (person = ann) =>
    expectStatus(await person.api.get<Changes>(`/chats/${chat.id}/changes?after=0`), 200).changes;
  const markerFrom = async (person: Person, socket: LiveSocket, mark: number): Promise<Frame[]> => {
    const { id } = await send(person, chat, 'marker');
    return socket.inbox.until(mark, 'new_message', ({ message }) => message?.id === id);
  };

  test('the first frame says who I am, and from where on nothing is missed', async () => {
    await send(ann, chat, 'before');
    const { connected, inbox, transport } = await open(ben);
    expect(inbox.frames[0]).toEqual(connected);
    expect(connected).toMatchObject({ type: 'connected', user_id: ben.id });
    if (transport === 'websocket') expect(connected).toMatchObject({ chat_id: chat.id, last_seq: 1 });
  });

  test('a message reaches every socket of every member, the sending one too, once', async () => {
    const sockets = [await open(ann), await open(ann), await open(ben)] as const;
    const ack = await sockets[0].request('message', { content: 'سلام', chat_id: chat.id, client_id: 'k' });
    expect(ack).toMatchObject({ ok: true, client_id: 'k' });
    const expected = { type: 'new_message', chat_id: chat.id, seq: 1, message: ack.message };
    for (const { inbox } of sockets) {
      expect(await inbox.waitFor('new_message')).toMatchObject(expected);
    }
    for (const socket of sockets) {
      const mark = socket.inbox.frames.length;
      expect((await markerFrom(ben, socket, mark)).filter(({ message }) => message?.seq === 1)).toEqual([]);
    }
  });

  test('every change that goes out is the very frame that the feed gives', async () => {
    const { inbox } = await open(ben);
    const expectTheSame = async (type: string) => {
      const live = await inbox.waitFor(type);
      expect(live).toEqual((await feed()).at(-1));
      expect(live).toMatchObject({ type, chat_id: chat.id, timestamp: matching(TIMESTAMP) });
    };
    const { id } = await send(ann, chat, 'one');
    await expectTheSame('new_message');
    expectStatus(await ann.api.put(`/messages/${id}`, { content: 'two' }), 200);
    await expectTheSame('message_edited');
    expectStatus(await ann.api.post(`/chats/${chat.id}/participants`, { user_id: cem.id }), 200);
    await expectTheSame('participant_added');
    expectStatus(await ann.api.put(`/chats/${chat.id}/participants/${cem.id}`, { is_admin: true }), 200);
    await expectTheSame('participant_updated');
    expectStatus(await ann.api.put(`/chats/${chat.id}`, { name: 'renamed' }), 200);
    await expectTheSame('chat_updated');
    expectStatus(await ann.api.delete(`/chats/${chat.id}/participants?user_id=${cem.id}`), 204);
    await expectTheSame('participant_removed');
    expectStatus(await ann.api.delete(`/messages/${id}`), 200);
    await expectTheSame('message_deleted');

    const live = inbox.frames.filter(({ seq, type }) => seq !== undefined && type !== 'read');
    expect(live.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('edit, delete and read are acknowledged with their result', async () => {
    const socket = await open(ann);
    const { message } = await socket.request('message', { content: 'one', chat_id: chat.id });
    const edited = await socket.request('edit', { message_id: message?.id, content: 'two' });
    expect(edited).toMatchObject({ ok: true, message: { id: message?.id, content: 'two', is_edited: true } });
    const read = await socket.request('read', { chat_id: chat.id, seq: 1 });
    expect(read.ok).toBe(true);
    const deleted = await socket.request('delete', { message_id: message?.id });
    expect(deleted).toMatchObject({ ok: true, message: { id: message?.id, content: '', is_deleted: true } });
  });

  test('what one socket sends is numbered in the order in which it sent it', async () => {
    const socket = await open(ann);
    const contents = Array.from({ length: 100 }, (_, n) => `message ${n}`);
    const acks = await Promise.all(contents.map((content) => socket.request('message', { content, chat_id: chat.id })));
    expect(acks.map(({ message }) => message?.content)).toEqual(contents);
    expect(acks.map(({ message }) => message?.seq)).toEqual(contents.map((_, n) => n + 1));
  });

  test('others see me type, until I stop', async () => {
    const [mine, theirs] = [await open(ann), await open(ben)];
    const hint = { user_id: ann.id, chat_id: chat.id, timestamp: matching(TIMESTAMP) as string };
    mine.emit('typing', { chat_id: chat.id, content: 'start' });
    expect(await theirs.inbox.waitFor('typing_started')).toEqual({ type: 'typing_started', ...hint });
    mine.emit('typing', { chat_id: chat.id, content: 'stop' });
    expect(await theirs.inbox.waitFor('typing_stopped')).toEqual({ type: 'typing_stopped', ...hint });
    expect((await feed()).length).toBe(0);
  });

  test('typing that is not renewed stops by itself after 6 seconds', async () => {
    const [mine, theirs] = [await open(ann), await open(ben)];
    mine.emit('typing', { chat_id: chat.id, content: 'start' });
    await theirs.inbox.waitFor('typing_started');
    const started = performance.now();
    await theirs.inbox.waitFor('typing_stopped', undefined, TYPING_STOPS_AFTER_MS + 1500);
    expect(performance.now() - started).toBeGreaterThan(TYPING_STOPS_AFTER_MS - 1000);
  });

  test('who goes in the midst of typing has stopped', async () => {
    const [mine, theirs] = [await open(ann), await open(ben)];
    mine.emit('typing', { chat_id: chat.id, content: 'start' });
    await theirs.inbox.waitFor('typing_started');
    await mine.close();
    await theirs.inbox.waitFor('typing_stopped', undefined, 3000);
  });

  test('others hear that I came with my first connection and left with my last', async () => {
    const theirs = await open(ben);
    const mark = theirs.inbox.frames.length;
    const nodes = [server.nodes[0], server.nodes.at(-1) ?? server.nodes[0]] as const;
    const first = await openSocket(nodes[0], ann, chat.id);
    const joined = await theirs.inbox.waitFor('user_joined', ({ user_id }) => user_id === ann.id);
    expect(joined).toEqual({
      type: 'user_joined',
      user_id: ann.id,
      chat_id: chat.id,
      timestamp: matching(TIMESTAMP),
    });
    const second = await openSocket(nodes[1], ann, chat.id);
    await first.close();
    const presence = (await markerFrom(ben, theirs, mark)).filter(({ type }) => /^user_/.test(type));
    expect(presence).toEqual([joined]);
    await second.close();
    await theirs.inbox.waitFor('user_left', ({ user_id }) => user_id === ann.id);
  });

  test('being online shows in the profile, the chat and the list of who is there', async () => {
    const theirs = await open(ben);
    const online = async () =>
      expectStatus(
        await ben.api.get<{ chat_id: number; count: number; online_users: unknown[] }>(`/ws/chat/${chat.id}/online`),
        200,
      );
    const profile = async () => expectStatus(await ben.api.get<User & { is_online: boolean }>(`/users/${ann.id}`), 200);
    expect(await online()).toEqual({
      chat_id: chat.id,
      online_users: [{ user_id: ben.id, username: ben.username }],
      count: 1,
    });
    const mine = await open(ann);
    expect((await online()).count).toBe(2);
    expect((await profile()).is_online).toBe(true);
    const { participants } = expectStatus(await ben.api.get<Chat>(`/chats/${chat.id}`), 200);
    expect(participants.map(({ is_online }) => is_online)).toEqual([true, true]);

    await mine.close();
    await theirs.inbox.waitFor('user_left');
    expect((await online()).count).toBe(1);
    const seen = await eventually(profile, ({ last_seen }) => last_seen !== null);
    expect(seen).toMatchObject({ is_online: false, last_seen: matching(TIMESTAMP) });
  });

  test('others see how far I have read', async () => {
    const theirs = await open(ben);
    await send(ben, chat, 'one');
    const mine = await open(ann);
    await mine.request('read', { chat_id: chat.id, seq: 1 });
    const hint = { type: 'read', chat_id: chat.id, user_id: ann.id, seq: 1 };
    expect(await theirs.inbox.waitFor('read')).toEqual(hint);
    const mark = theirs.inbox.frames.length;
    await mine.request('read', { chat_id: chat.id, seq: 0 });
    expect((await markerFrom(ben, theirs, mark)).map(({ type }) => type)).not.toContain('read');
  });

  test('a ping is answered', async () => {
    const socket = await open(ann);
    expect(await socket.ping(chat.id)).toEqual({
      type: 'pong',
      chat_id: chat.id,
      timestamp: matching(TIMESTAMP),
    });
  });

  test('what a bad frame gets leaves the socket open', async () => {
    const socket = await open(ann);
    const ack = await socket.request('message', { chat_id: chat.id, content: '' });
    expect(ack.ok).toBe(false);
    expectProblemBody(ack.error, 422);
    expect((await socket.request('message', { chat_id: chat.id, content: 'x' })).ok).toBe(true);
    expect((await socket.ping(chat.id)).type).toBe('pong');
  });

  test('a chat of others is silent', async () => {
    const hidden = await newGroup(cem, []);
    const socket = await open(ann);
    const mark = socket.inbox.frames.length;
    const outsider = await open(cem, hidden);
    await send(cem, hidden, 'not for you');
    outsider.emit('typing', { chat_id: hidden.id, content: 'start' });
    await outsider.inbox.waitFor('new_message');
    const heard = await markerFrom(ann, socket, mark);
    expect(heard.filter(({ chat_id }) => chat_id !== chat.id)).toEqual([]);
  });

  test('typing in a chat of others is heard by nobody there', async () => {
    const hidden = await newGroup(cem, []);
    const theirs = await open(cem, hidden);
    const mine = await open(ann);
    const mark = theirs.inbox.frames.length;
    mine.emit('typing', { chat_id: hidden.id, content: 'start' });
    await mine.ping(chat.id);
    const { id } = await send(cem, hidden, 'marker');
    const heard = await theirs.inbox.until(mark, 'new_message', ({ message }) => message?.id === id);
    expect(heard).toHaveLength(1);
  });

  test('the statistics count what is open', async () => {
    interface Stats {
      total_connections: number;
      online_users: number;
      active_chats: number;
      by_transport: Record<string, number>;
    }
    const stats = async () => expectStatus(await ann.api.get<Stats>('/ws/stats'), 200);
    const watcher = await open(ben);
    const before = await stats();
    const socket = await open(ann);
    const during = await stats();
    expect(during.total_connections).toBe(before.total_connections + 1);
    expect(during.online_users).toBe(before.online_users + 1);
    expect(during.active_chats).toBeGreaterThanOrEqual(1);
    const total = Object.values(during.by_transport).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(during.total_connections);
    await socket.close();
    await watcher.inbox.waitFor('user_left');
    expect((await stats()).total_connections).toBe(before.total_connections);
  });

  test('who sends live finds the chat on top of the list', async () => {
    const other = await newGroup(ann, []);
    const socket = await open(ann);
    await socket.request('message', { chat_id: chat.id, content: 'latest' });
    const { items } = expectStatus(await ann.api.get<Page<ListedChat>>('/chats/'), 200);
    expect(items.map(({ id }) => id)).toEqual([chat.id, other.id]);
  });

  test.each([
    ['no token', undefined],
    ['a token of nobody', 'nonsense'],
  ])('%s opens nothing', async (_what, token) => {
    const { closing, problem } = await refusal(openSocket(server, { token }, chat.id));
    if (closing.code === undefined) expectProblemBody(problem, 401);
    else expect(closing.code).toBe(4401);
    expect((await newPerson(server)).id).toBeGreaterThan(0);
  });
});
