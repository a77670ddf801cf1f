import { expectStatus, request } from '../support/api';
import {
  Chatroom,
  ChatroomMessage,
  historyOf,
  logInToChatroom,
  newRoom,
  newRoomer,
  Roomer,
  say,
} from '../support/chatroom';
import { closeNamespaces, NamespaceSocket, openNamespace } from '../support/chatroom-socket';
import { newGroup, newPerson } from '../support/people';
import { startServer, Server } from '../support/server';
import { eventually } from '../support/wait';
import type { Origin } from '../support/server-node';

const NOWHERE = '999999999';

describe('the sockets of the dialect chatroom', () => {
  let server: Server;
  let ann: Roomer, ben: Roomer, cem: Roomer;
  let room: Chatroom;
  beforeAll(async () => {
    server = await startServer();
    [ann, ben, cem] = [await newRoomer(server), await newRoomer(server), await newRoomer(server)];
  });
  beforeEach(async () => {
    room = await newRoom(ann, [ben], `room ${Math.random()}`);
  });
  afterEach(closeNamespaces);
  afterAll(() => server.stop());

  const open = (who: Roomer) => openNamespace(server, who.token);
  const joined = async (who: Roomer): Promise<NamespaceSocket> => {
    const socket = await open(who);
    expect(await socket.ask('joinRoom', { chatroomId: room._id })).toEqual({ ok: true, chatroomId: room._id });
    return socket;
  };
  const joinedSentence = ({ id }: Roomer) => ({ message: `User ${id} joined the chatroom` });

  test.each(['', '/', '/socket.io', '/socket.io/'])('are greeted at the address %s', async (address) => {
    const socket = await openNamespace(server, ann.token, { address });
    expect(socket.of('joinedUserRoom')).toEqual([{ roomId: ann.id }]);
  });

  test.each([undefined, 'made-up'])('are refused with the token %s', async (token) => {
    await expect(openNamespace(server, token)).rejects.toThrow();
  });

  test('tell the room who joins, the joining one too', async () => {
    const anns = await joined(ann);
    expect(await anns.waitFor('notification')).toEqual(joinedSentence(ann));
    anns.clear();
    const bens = await joined(ben);
    expect(await anns.waitFor('notification')).toEqual(joinedSentence(ben));
    expect(bens.of('notification')).toEqual([joinedSentence(ben)]);
  });

  test('may join in the very moment in which they connect', async () => {
    const socket = new NamespaceSocket((await openNamespace(server, ann.token)).socket);
    socket.socket.disconnect().connect();
    expect(await socket.ask('joinRoom', { chatroomId: room._id })).toMatchObject({ ok: true });
  });

  test('hear messages of the rooms that they joined, once, their own too', async () => {
    const [anns, bens, outside] = [await joined(ann), await joined(ben), await open(ben)];
    const { message } = await anns.ask<{ message: ChatroomMessage }>('chatroomMessage', {
      chatroomId: room._id,
      message: 'Hello World!',
    });
    expect(message).toMatchObject({ chatroom: room._id, sender: ann.id, message: 'Hello World!' });
    const byRest = await say(ben, room, 'by REST');
    for (const socket of [anns, bens]) {
      await socket.waitFor<ChatroomMessage>('newMessage', ({ _id }) => _id === byRest._id);
      expect(socket.of('newMessage')).toEqual([message, byRest]);
    }
    await outside.settle();
    expect(outside.of('newMessage')).toEqual([]);
    expect(await historyOf(ben, room)).toEqual([message, byRest]);
  });

  test('hear objects as they were sent', async () => {
    const bens = await joined(ben);
    const message = { content: 'Zm9v', pubKey: 'MIIB', privKeyId: '7', timestamp: 1 };
    const said = await (await open(ann)).ask('chatroomMessage', { chatroomId: room._id, message });
    expect(said).toMatchObject({ ok: true, message: { message } });
    expect((await bens.waitFor<ChatroomMessage>('newMessage')).message).toEqual(message);
    const binary = { content: 'x', pubKey: Buffer.from('x') };
    const refused = await bens.ask('chatroomMessage', { chatroomId: room._id, message: binary });
    expect(refused).toEqual({ ok: false, message: 'message: can not hold binary data.' });
  });

  test('hear nothing more of a room that they left; membership stays', async () => {
    const [anns, bens] = [await joined(ann), await joined(ben)];
    bens.clear();
    expect(await anns.ask('leaveRoom', { chatroomId: room._id })).toEqual({ ok: true, chatroomId: room._id });
    anns.clear();
    expect(await bens.waitFor('notification')).toEqual({ message: `User left chatroom ${room._id}` });
    await bens.ask('chatroomMessage', { chatroomId: room._id, message: 'x' });
    await anns.settle();
    expect(anns.heard).toEqual([]);
    expect(await anns.ask('joinRoom', { chatroomId: room._id })).toMatchObject({ ok: true });
  });

  test('tell nobody of somebody who leaves a room without being in it', async () => {
    const bens = await joined(ben);
    bens.clear();
    for (const who of [ann, cem]) await (await open(who)).ask('leaveRoom', { chatroomId: room._id });
    await bens.settle();
    expect(bens.heard).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['joinRoom', {}, 'chatroomId is required'],
    ['joinRoom', 'x', 'chatroomId is required'],
    ['joinRoom', { chatroomId: NOWHERE }, 'Chatroom not found'],
    ['joinRoom', { chatroomId: '65f1c0ffee' }, 'Chatroom not found'],
    ['leaveRoom', undefined, 'chatroomId is required'],
    ['chatroomMessage', { message: 'x' }, 'chatroomId is required'],
    ['chatroomMessage', { chatroomId: NOWHERE }, 'Message details are required'],
    ['chatroomMessage', { chatroomId: NOWHERE, message: '' }, 'Message details are required'],
    ['chatroomMessage', { chatroomId: NOWHERE, message: ' \n' }, 'Message content cannot be empty'],
    ['chatroomMessage', { chatroomId: NOWHERE, message: {} }, 'Message content cannot be empty'],
    ['chatroomMessage', { chatroomId: NOWHERE, message: { content: ' ' } }, 'Message content cannot be empty'],
    ['chatroomMessage', { chatroomId: NOWHERE, message: 'x' }, 'Chatroom not found'],
    ['chatroomMessage', { chatroomId: NOWHERE, message: 'a\0' }, 'message: NUL and lone surrogates are not text.'],
  ])('%s %j: %s', async (event, payload, message) => {
    const socket = await open(ann);
    expect(await socket.ask(event, payload)).toEqual({ ok: false, message });
    expect(socket.of('error')).toEqual([{ message }]);
    socket.clear();
    socket.socket.emit(event, payload);
    expect(await socket.waitFor('error')).toEqual({ message });
  });

  test('keep strangers out of open rooms, and chats by invitation a secret', async () => {
    const socket = await open(cem);
    const join = (chatroomId: string) => socket.ask('joinRoom', { chatroomId });
    const send = (chatroomId: string) => socket.ask('chatroomMessage', { chatroomId, message: 'x' });
    expect(await join(room._id)).toEqual({ ok: false, message: 'User not authorized to join this chatroom' });
    expect(await send(room._id)).toEqual({ ok: false, message: 'User is not a member of this chatroom' });
    const group = await newGroup(await newPerson(server), []);
    for (const attempt of [join, send]) {
      expect(await attempt(String(group.id))).toEqual({ ok: false, message: 'Chatroom not found' });
    }
    expect(await historyOf(ann, room)).toEqual([]);
  });

  test('hear of a new room as its members see it, but for who made it', async () => {
    const [anns, bens] = [await open(ann), await openNamespace(server, ben.token, { address: '/socket.io' })];
    const made = await newRoom(ann, [ben, cem]);
    const announced = await bens.waitFor<Chatroom>('newChatroom', ({ _id }) => _id === made._id);
    expect(announced).toEqual({ ...made, name: `${ann.username}, ${cem.username}` });
    await ben.call('POST', '/api/chatroom/', { members: [ann.id, cem.id] });
    await Promise.all([anns.settle(), bens.settle()]);
    expect(anns.of('newChatroom')).toEqual([]);
    expect(bens.of('newChatroom')).toEqual([announced]);
  });

  test('stop hearing a room with the membership', async () => {
    const [anns, bens] = [await joined(ann), await joined(ben)];
    expectStatus(await ben.call('POST', `/api/chatroom/${room._id}/leave`), 200);
    anns.clear();
    bens.clear();
    const after = await say(ann, room, 'are you gone?');
    await anns.waitFor<ChatroomMessage>('newMessage', ({ _id }) => _id === after._id);
    await bens.settle();
    expect(bens.heard).toEqual([]);
    expectStatus(await ben.call('POST', `/api/chatroom/${room._id}/join`), 200);
    expect(await bens.ask('joinRoom', { chatroomId: room._id })).toMatchObject({ ok: true });
  });

  test('end with their session and with the account', async () => {
    const { token } = (await logInToChatroom(server, cem.username)).body;
    const [first, second] = [await openNamespace(server, token), await open(cem)];
    expectStatus(await request('POST', `${server.url}/api/v1/users/logout`, { token }), 204);
    await first.closed();
    expect(second.socket.connected).toBe(true);
    expectStatus(await cem.call('DELETE', `/api/user/${cem.id}`), 200);
    await second.closed();
    cem = await newRoomer(server);
  });

  test('leave a line in the log when they go, and no token', async () => {
    const socket = await open(ben);
    socket.socket.disconnect();
    const gone = () =>
      server.logs.lines.find(({ msg, user_id }) => /disconnected/.test(msg ?? '') && user_id === Number(ben.id));
    expect(await eventually(async () => gone(), Boolean)).toMatchObject({ reason: 'client namespace disconnect' });
    expect(server.logs.text()).not.toContain(ben.token);
  });

  test('are answered when they ask in the other dialect of the namespace, too', async () => {
    const socket = await joined(ann);
    socket.socket.emit('get_online_users', { room: room._id });
    expect(await socket.waitFor('online_users')).toEqual(expect.arrayContaining([expect.any(String)]));
  });

  test('keep the order in which one socket speaks', async () => {
    const socket = await joined(ann);
    const texts = Array.from({ length: 50 }, (_, index) => `message ${index}`);
    await Promise.all(texts.map((message) => socket.ask('chatroomMessage', { chatroomId: room._id, message })));
    expect((await historyOf(ann, room)).map(({ message }) => message)).toEqual(texts);
  });

  describe('with the cookie', () => {
    let home: Origin;
    beforeAll(() => {
      home = server.pick();
    });

    const withCookie = async (headers: Record<string, string>) =>
      openNamespace(home, undefined, {
        extraHeaders: { cookie: `Authorization=${ann.token}`, ...headers },
        transports: ['websocket'],
      });

    test('are let in from our own pages', async () => {
      const ours: Record<string, string>[] = [{ origin: home.url }, { 'sec-fetch-site': 'same-origin' }];
      for (const headers of ours) {
        expect((await withCookie(headers)).of('joinedUserRoom')).toEqual([{ roomId: ann.id }]);
      }
    });

    test('are refused from anywhere else', async () => {
      const withoutTls = { origin: home.url, 'x-forwarded-proto': 'https' };
      const strangers: Record<string, string>[] = [
        {},
        { origin: 'null' },
        { 'sec-fetch-site': 'same-site' },
        withoutTls,
      ];
      for (const headers of strangers) await expect(withCookie(headers)).rejects.toThrow();
      await expect(openNamespace(home, undefined, { extraHeaders: { cookie: 'Authorization=x' } })).rejects.toThrow(
        /Origin/,
      );
    });

    test('are refused by the namespace of the native dialect', async () => {
      const extraHeaders = { cookie: `Authorization=${ann.token}`, origin: home.url };
      await expect(openNamespace(home, undefined, { address: '/v1', extraHeaders })).rejects.toThrow(/token/);
    });
  });
});
