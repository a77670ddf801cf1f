import { expectStatus, request } from '../support/api';
import { AuthChatRoom, newMember, say as sayInAuthChat } from '../support/auth-chat';
import { Chatroom, logInToChatroom, newRoom, newRoomer, roomerWith, say as sayInChatroom } from '../support/chatroom';
import { closeNamespaces, openNamespace } from '../support/chatroom-socket';
import { asMember, Four, hear, historiesOf, openAll } from '../support/ears';
import { newPeople, Person, PASSWORD, send } from '../support/people';
import { startServer, Server } from '../support/server';
import { closeSockets } from '../support/sockets';
import { eventually } from '../support/wait';
import type { Chat, Message, Page } from '../support/wire';

/** Four people, one at each kind of socket, in one chat: whatever one of them does, the others see. */
describe('people on all dialects', () => {
  let server: Server;
  let four: Four;
  let chat: { id: number };
  beforeAll(async () => {
    server = await startServer();
  });
  beforeEach(async () => {
    const [raw, socketIo] = (await newPeople(server, 2)) as [Person, Person];
    four = { raw, socketIo, member: await newMember(server), roomer: await newRoomer(server) };
    const guests = [raw, socketIo, four.member].map(({ id, username, token }) =>
      roomerWith(server, String(id), username, token),
    );
    chat = { id: Number((await newRoom(four.roomer, guests))._id) };
  });
  afterEach(async () => {
    closeNamespaces();
    await closeSockets();
  });
  afterAll(() => server.stop());

  const room = () => ({ _id: String(chat.id) }) as Chatroom;

  test('hear each other through all seven doors, once and in order, and read the same', async () => {
    const { raw, member, roomer } = four;
    const open = await openAll(four, chat.id);
    const doors: Record<string, (text: string) => Promise<unknown>> = {
      'REST of v1': (text) => send(raw, chat, text),
      'REST of auth-chat': (text) => sayInAuthChat(member, chat, text),
      'REST of chatroom': (text) => sayInChatroom(roomer, room(), text),
      'the raw WebSocket': (text) => open.raw.request('message', { chat_id: chat.id, content: text }),
      'Socket.IO of v1': (text) => open.socketIo.request('message', { chat_id: chat.id, content: text }),
      'Socket.IO of auth-chat': (text) => open.member.ask('chat_message', { room: String(chat.id), message: text }),
      'Socket.IO of chatroom': (text) => open.roomer.ask('chatroomMessage', { chatroomId: room()._id, message: text }),
    };
    for (const [name, say] of Object.entries(doors)) await say(`by ${name}`);
    await send(raw, chat, 'the last word');

    const texts = [...Object.keys(doors).map((name) => `by ${name}`), 'the last word'];
    const histories = await historiesOf(four, chat.id);
    expect(histories['v1']?.map(({ text }) => text)).toEqual(texts);
    expect(histories['auth-chat']).toEqual(histories['v1']);
    expect(histories['chatroom']).toEqual(histories['v1']);
    for (const ear of open.ears) {
      // The socket that a message came by has the other shape of `chat_response`: it is received.
      const isOwn = (text: string) => ear.name === 'auth-chat' && text === 'by Socket.IO of auth-chat';
      const expected = histories['v1']?.filter(({ text }) => !isOwn(text));
      expect([ear.name, await hear(ear, 'the last word')]).toEqual([ear.name, expected]);
    }
    // With its first event it has left the dialect in which every socket begins.
    expect(open.roomer.of('chat_response')).toEqual([]);
    expect(open.member.of('chat_response')).toContainEqual({
      status: 'received',
      message: 'by Socket.IO of auth-chat',
    });
  });

  test('see one message each in the shape of their dialect', async () => {
    const { raw, member, roomer } = four;
    const open = await openAll(four, chat.id);
    const { _id, timestamp } = await sayInChatroom(roomer, room(), 'hello');
    for (const ear of open.ears) await hear(ear, 'hello');
    const native = { id: Number(_id), chat_id: chat.id, sender_id: Number(roomer.id), content: 'hello', timestamp };
    for (const socket of [open.raw, open.socketIo]) {
      expect(socket.inbox.of('new_message')).toMatchObject([{ type: 'new_message', message: native }]);
    }
    // Somebody without an e-mail address is called by the username.
    const message = { id: _id, sender: roomer.username, content: 'hello', timestamp };
    expect(open.member.of('chat_response')).toEqual([{ room_id: room()._id, message }]);
    const [newMessage] = open.roomer.of<object>('newMessage');
    expect(newMessage).toMatchObject({ _id, chatroom: room()._id, sender: roomer.id, message: 'hello', timestamp });

    await send(raw, chat, 'and back');
    expect((await hear(open.ears[2], 'and back')).at(-1)).toEqual({
      id: expect.any(String) as string,
      text: 'and back',
    });
    expect(open.member.of<{ message: { sender: string } }>('chat_response').at(-1)?.message.sender).toBe(raw.email);
    const found = expectStatus(await member.call<AuthChatRoom>('GET', `/chat/chat_rooms/${chat.id}`), 200);
    expect([...found.members].sort()).toEqual([raw.email, four.socketIo.email, member.email, roomer.username].sort());
  });

  test('find every message edited and deleted that was edited and deleted by one', async () => {
    const { socketIo } = four;
    const edited = await send(socketIo, chat, 'wrong');
    const deleted = await send(socketIo, chat, 'regretted');
    expectStatus(await socketIo.api.put(`/messages/${edited.id}`, { content: 'right' }), 200);
    expectStatus(await socketIo.api.delete(`/messages/${deleted.id}`), 200);
    const expected = [{ id: String(edited.id), text: 'right' }];
    expect(await historiesOf(four, chat.id)).toEqual({ v1: expected, 'auth-chat': expected, chatroom: expected });
  });

  test('are out everywhere when they leave in one dialect', async () => {
    const { raw, socketIo, member, roomer } = four;
    const open = await openAll(four, chat.id);
    expectStatus(await roomer.call('POST', `/api/chatroom/${chat.id}/leave`), 200);
    expectStatus(await raw.api.delete(`/chats/${chat.id}`), 204);
    expect((await open.raw.closed).code).toBe(4404);
    await send(socketIo, chat, 'are you gone?');
    await hear(open.ears[1], 'are you gone?');
    expectStatus(await request('GET', `${server.url}/api/v1/chats/${chat.id}`, { token: roomer.token }), 404);
    expectStatus(await asMember(raw).call('GET', `/chat/chat_rooms/${chat.id}`), 404);
    const left = expectStatus(await socketIo.api.get<Chat>(`/chats/${chat.id}`), 200).participants;
    expect(left.map(({ user_id }) => String(user_id)).sort()).toEqual([String(socketIo.id), member.id].sort());
    await open.roomer.settle();
    expect(open.ears[3].heard()).toEqual([]);
  });

  test('are gone everywhere when their account is deleted in one dialect', async () => {
    const { raw, socketIo, member, roomer } = four;
    const open = await openAll(four, chat.id);
    await sayInChatroom(roomer, room(), 'by a roomer');
    await send(raw, chat, 'by a native');
    expectStatus(await roomer.call('DELETE', `/api/user/${roomer.id}`), 200);
    expectStatus(await raw.api.delete('/users/me', { current_password: PASSWORD }), 204);
    await Promise.all([open.roomer.closed(), open.raw.closed]);

    const nameless = { sender: 'deleted user' };
    const history = await eventually(
      async () => expectStatus(await member.call('GET', `/chat/chat_rooms/${chat.id}/messages`), 200),
      (messages) =>
        !JSON.stringify(messages).includes(roomer.username) && !JSON.stringify(messages).includes(raw.email),
    );
    expect(history).toMatchObject([
      { ...nameless, content: 'by a roomer' },
      { ...nameless, content: 'by a native' },
    ]);
    const native = await eventually(
      async () => (await socketIo.api.get<Page<Message>>(`/messages/chat/${chat.id}`)).body.items,
      (items) => items.every(({ sender_username }) => sender_username === 'deleted user'),
    );
    expect(native.map(({ sender_username }) => sender_username)).toEqual(['deleted user', 'deleted user']);
  });

  test('are logged out everywhere when they log out in one dialect', async () => {
    const { roomer, member } = four;
    const { token } = (await logInToChatroom(server, roomer.username)).body;
    const socket = await openNamespace(server, token);
    for (const path of ['/api/v1/users/me', '/auth/users/me', `/api/user/${roomer.id}`]) {
      expectStatus(await request('GET', server.url + path, { token }), 200);
    }
    expectStatus(await request('POST', `${server.url}/api/v1/users/logout`, { token }), 204);
    await socket.closed();
    for (const path of ['/api/v1/users/me', '/auth/users/me', `/api/user/${roomer.id}`]) {
      const ask = () => request('GET', server.url + path, { token });
      expectStatus(await eventually(ask, ({ status }) => status === 401), 401);
    }
    expectStatus(await roomer.call('GET', '/api/chatroom/'), 200);
    expectStatus(await member.call('GET', '/auth/users/me'), 200);
  });
});
