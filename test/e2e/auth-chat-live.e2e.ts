import { expectStatus } from '../support/api';
import { AuthChatRoom, historyOf, Member, newMember, newRoom, say, uniqueEmail } from '../support/auth-chat';
import { AuthChatSocket, closeAuthChat, openAuthChat, Response } from '../support/auth-chat-socket';
import { matching } from '../support/matchers';
import { startServer, Server } from '../support/server';
import { eventually } from '../support/wait';
import { TIMESTAMP } from '../support/wire';

const INVALID = { ok: false, message: 'Invalid data' };

describe('the sockets of the dialect auth-chat', () => {
  let server: Server;
  let ann: Member, ben: Member;
  let room: AuthChatRoom;
  beforeAll(async () => {
    server = await startServer();
    [ann, ben] = [await newMember(server), await newMember(server)];
  });
  beforeEach(async () => {
    room = await newRoom(ann, [ben]);
  });
  afterEach(closeAuthChat);
  afterAll(() => server.stop());

  const open = (member: Member, options = {}) => openAuthChat(server, `Bearer ${member.token}`, options);
  const response = (sender: Member, content: string, { id } = room) => [
    'chat_response',
    {
      room_id: id,
      message: { id: matching(/^\d+$/), sender: sender.email, content, timestamp: matching(TIMESTAMP) },
    },
  ];
  const received = (message: string) => ['chat_response', { status: 'received', message }];

  describe('let in', () => {
    test.each([
      ['auth.token', (token: string) => ({ auth: { token } })],
      ['auth.token with the word Bearer', (token: string) => ({ auth: { token: `Bearer ${token}` } })],
      ['the header', (token: string) => ({ auth: {}, extraHeaders: { authorization: `Bearer ${token}` } })],
    ])('who has a good token in %s', async (_where, options) => {
      const socket = await open(ann, options(ann.token));
      expect(await socket.ask<string[]>('get_online_users')).toContain(ann.email);
    });

    test.each([
      ['/socket.io', {}],
      ['/socket.io/', {}],
      ['', { path: '/ws/socket.io/' }],
      ['', { transports: ['polling'] }],
      ['', { path: '/ws/socket.io/', transports: ['polling'] }],
      ['', { addTrailingSlash: false }],
      ['', { path: '/ws/socket.io', addTrailingSlash: false, transports: ['websocket'] }],
    ])('at the address %s with %j', async (address, options) => {
      const socket = await open(ann, { address, ...options });
      await say(ben, room, 'found you');
      expect(await socket.heardUntil('found you')).toEqual([response(ben, 'found you')]);
    });

    test.each([undefined, '', 'made-up', 'Bearer made-up', 'null'])('nobody with the token %s', async (token) => {
      for (const options of [{}, { address: '/socket.io' }, { path: '/ws/socket.io/' }]) {
        await expect(openAuthChat(server, token, options)).rejects.toThrow('Could not validate credentials');
      }
    });

    test('nobody whose session has ended', async () => {
      const gone = await newMember(server);
      expectStatus(await gone.call('POST', '/api/v1/users/logout'), 204);
      await expect(open(gone)).rejects.toThrow('Could not validate credentials');
    });

    test('only so many at once, if limits are on', async () => {
      const strict = await startServer({ RATE_LIMITS: 'on', LIMIT_CONNECTIONS_PER_USER: '2' });
      const me = await newMember(strict);
      await Promise.all([1, 2].map(() => openAuthChat(strict, me.token)));
      await expect(openAuthChat(strict, me.token)).rejects.toThrow('At most 2 open connections');
      closeAuthChat();
      await strict.stop();
    });
  });

  describe('a message', () => {
    test('is received for the socket that sends it, and a message for all others, also those of the same user', async () => {
      const [socket, other, bens] = [await open(ann), await open(ann, { address: '/socket.io' }), await open(ben)];
      expect(await socket.say(room, 'hello')).toEqual({ ok: true, status: 'received', message: 'hello' });
      await say(ben, room, 'the end');
      expect(await socket.heardUntil('the end')).toEqual([received('hello'), response(ben, 'the end')]);
      for (const one of [other, bens]) {
        expect(await one.heardUntil('the end')).toEqual([response(ann, 'hello'), response(ben, 'the end')]);
      }
      expect(await historyOf(ben, room)).toMatchObject([{ content: 'hello' }, { content: 'the end' }]);
    });

    test('needs no acknowledgement', async () => {
      const [socket, bens] = [await open(ann), await open(ben)];
      socket.socket.emit('chat_message', { room: room.id, message: 'hello' });
      expect((await socket.inbox.waitFor('chat_response')).payload).toEqual({ status: 'received', message: 'hello' });
      expect(await bens.heardUntil('hello')).toEqual([response(ann, 'hello')]);
    });

    test.each([
      ['REST', (text: string) => say(ann, room, text)],
      [
        'the native API',
        (text: string) => ann.call('POST', '/api/v1/messages/', { body: { chat_id: Number(room.id), content: text } }),
      ],
    ])('by %s reaches every socket of every member, once', async (_door, send) => {
      const sockets = [await open(ann), await open(ann), await open(ben)];
      await send('hello');
      await send('the end');
      for (const socket of sockets) {
        expect(await socket.heardUntil('the end')).toEqual([response(ann, 'hello'), response(ann, 'the end')]);
      }
    });

    test('is heard from connect on, in every room, also in one that was made since, without joining', async () => {
      const socket = await open(ben);
      await say(ann, room, 'at once');
      expect(await socket.heardUntil('at once')).toEqual([response(ann, 'at once')]);
      const later = await newRoom(ann, [ben]);
      await say(ann, later, 'in another');
      expect(await socket.heardUntil('in another')).toEqual([response(ann, 'in another', later)]);
    });

    test('reaches who has just become a member by signing up', async () => {
      const email = uniqueEmail('late');
      const party = await newRoom(ann, [{ email }]);
      const late = await newMember(server, email);
      const socket = await open(late);
      await say(ann, party, 'welcome');
      expect(await socket.heardUntil('welcome')).toEqual([response(ann, 'welcome', party)]);
      expect(await socket.say(party, 'thanks')).toMatchObject({ ok: true });
    });

    test('is not for strangers, nor for who has left', async () => {
      const stranger = await newMember(server);
      const own = await newRoom(stranger, [ben]);
      const [strangers, bens] = [await open(stranger), await open(ben)];
      expectStatus(await ben.call('DELETE', `/api/v1/chats/${room.id}`), 204);
      await say(ann, room, 'secret');
      await say(stranger, own, 'the end');
      for (const socket of [strangers, bens]) {
        expect(await socket.heardUntil('the end')).toEqual([response(stranger, 'the end', own)]);
        expect(await socket.say(room, 'let me in')).toEqual(INVALID);
      }
    });

    test('that is changed or deleted makes no frame: this dialect has none for that', async () => {
      const socket = await open(ben);
      const { id } = await say(ann, room, 'first');
      expectStatus(await ann.call('PUT', `/api/v1/messages/${id}`, { body: { content: 'second' } }), 200);
      expectStatus(await ann.call('DELETE', `/api/v1/messages/${id}`), 200);
      await say(ann, room, 'the end');
      expect(await socket.heardUntil('the end')).toEqual([response(ann, 'first'), response(ann, 'the end')]);
    });

    test('keeps its place among those of the same socket', async () => {
      const [socket, bens] = [await open(ann), await open(ben)];
      const texts = Array.from({ length: 300 }, (_, index) => `${index}`);
      await Promise.all(texts.map((text) => socket.say(room, text)));
      await bens.inbox.waitFor('chat_response', (frame) => (frame as Response).payload.message.content === '299');
      const heard = bens.inbox.of('chat_response').map((frame) => (frame as Response).payload.message.content);
      expect(heard).toEqual(texts);
      expect(socket.inbox.of('chat_response').map(({ payload }) => (payload as { message: string }).message)).toEqual(
        texts,
      );
    });
  });

  describe('what is wrong with an event', () => {
    const bad: [string, (id: string) => unknown][] = [
      ['nothing', () => undefined],
      ['null', () => null],
      ['a text', () => 'hello'],
      ['a list', (id) => [id, 'hello']],
      ['no room', () => ({ message: 'hello' })],
      ['no message', (id) => ({ room: id })],
      ['an empty message', (id) => ({ room: id, message: '' })],
      ['an invisible message', (id) => ({ room: id, message: ' \u200b' })],
      ['a message that is no text', (id) => ({ room: id, message: { content: 'hello' } })],
      ['a NUL', (id) => ({ room: id, message: 'a\0b' })],
      ['a room that is no id', () => ({ room: 'x', message: 'hello' })],
      ['a room that is not there', () => ({ room: '999999999', message: 'hello' })],
    ];

    test.each(bad)(
      'is said by `error` and by the acknowledgement, for %s, and nothing is stored',
      async (_what, of) => {
        const socket = await open(ann);
        expect(await socket.ask('chat_message', of(room.id))).toEqual(INVALID);
        expect((await socket.inbox.waitFor('error')).payload).toEqual({ message: 'Invalid data' });
        expect(await historyOf(ann, room)).toEqual([]);
        expect(await socket.say(room, 'fine')).toMatchObject({ ok: true });
      },
    );

    test('is the room, where it is that of somebody else, in the same words', async () => {
      const socket = await open(ben);
      expect(await socket.say(await newRoom(ann), 'hello')).toEqual(INVALID);
    });

    test('is the length of the text: the sentence names the limit', async () => {
      const socket = await open(ann);
      const message = 'message: at most 10000 characters, 10001 given.';
      expect(await socket.say(room, 'x'.repeat(10_001))).toEqual({ ok: false, message });
      expect((await socket.inbox.waitFor('error')).payload).toEqual({ message });
      expect(await socket.say(room, '😀'.repeat(10_000))).toMatchObject({ ok: true });
      expect(await historyOf(ann, room)).toHaveLength(1);
    });

    test('is its name: the sentence lists those that there are', async () => {
      const socket = await open(ann);
      const { ok, message } = await socket.ask('explode', {});
      expect([ok, message]).toEqual([false, matching(/chat_message, get_online_users/)]);
    });

    test('is its number, if limits are on: REST and sockets count together', async () => {
      const strict = await startServer({ RATE_LIMITS: 'on', LIMIT_MESSAGES_PER_SECOND: '2' });
      const me = await newMember(strict);
      const own = await newRoom(me);
      const socket = await openAuthChat(strict, me.token);
      await say(me, own, 'by REST');
      const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => socket.say(own, `${index}`)));
      const refused = answers.filter(({ ok }) => !ok);
      expect(refused.length).toBeGreaterThanOrEqual(12);
      expect(refused[0]?.message).toMatch(/^Too many messages\. Try again in \d+ s\.$/);
      expect(await historyOf(me, own)).toHaveLength(21 - refused.length);
      closeAuthChat();
      await strict.stop();
    });

    test('is its size: more than 256 KiB close the connection, and harm no other', async () => {
      const [socket, other] = [await open(ann), await open(ben)];
      socket.socket.emit('chat_message', { room: room.id, message: 'x'.repeat(300_000) });
      await socket.closed;
      expect(await other.say(room, 'fine')).toMatchObject({ ok: true });
    });
  });

  describe('who is online', () => {
    test('is answered by `online_users` and by the acknowledgement, for a room and for all of mine', async () => {
      const [me, on, off, elsewhere] = [
        await newMember(server),
        await newMember(server),
        await newMember(server),
        await newMember(server),
      ] as const;
      const [one, two] = [await newRoom(me, [on, off]), await newRoom(me, [elsewhere])];
      const socket = await open(me);
      await open(on);
      await open(elsewhere);
      await open(ann);
      const ask = (...payload: unknown[]) => socket.ask<string[]>('get_online_users', ...payload);
      const settle = (payload: unknown[], count: number) =>
        eventually(
          () => ask(...payload),
          (users) => users.length === count,
        );
      expect(await settle([{ room: one.id }], 2)).toEqual([me.email, on.email].sort());
      expect(await settle([{ room: Number(two.id) }], 2)).toEqual([me.email, elsewhere.email].sort());
      const all = [me.email, on.email, elsewhere.email].sort();
      for (const payload of [[], [{}], [null], [{ room: null }]]) expect(await settle(payload, 3)).toEqual(all);
      expect(socket.inbox.of('online_users').at(-1)?.payload).toEqual(all);
      socket.inbox.clear();
      socket.socket.emit('get_online_users', { room: one.id });
      expect((await socket.inbox.waitFor('online_users')).payload).toEqual([me.email, on.email].sort());
    });

    test('is for oneself, if there is nobody', async () => {
      const alone = await newMember(server);
      expect(await (await open(alone)).ask('get_online_users')).toEqual([alone.email]);
    });

    test.each(['x', '999999999', {}, [], true])('is not told of the room %j', async (id) => {
      const socket = await open(ann);
      expect(await socket.ask('get_online_users', { room: id })).toEqual(INVALID);
      expect((await socket.inbox.waitFor('error')).payload).toEqual({ message: 'Invalid data' });
    });
  });

  describe('end', () => {
    const ended: [string, (me: Member) => Promise<unknown>][] = [
      ['the session ends', (me) => me.call('POST', '/api/v1/users/logout')],
      [
        'the account is deleted',
        (me) => me.call('DELETE', '/api/v1/users/me', { body: { current_password: 'correct horse battery' } }),
      ],
    ];

    test.each(ended)('when %s', async (_what, end) => {
      const me = await newMember(server);
      const sockets: AuthChatSocket[] = [await open(me), await open(me, { address: '/socket.io' })];
      await end(me);
      for (const socket of sockets) expect(await socket.closed).toBe('io server disconnect');
    });
  });
});
