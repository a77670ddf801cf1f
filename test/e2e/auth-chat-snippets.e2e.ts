import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { io, Socket } from 'socket.io-client';
import { expectStatus, request } from '../support/api';
import { AuthChatRoom, Member, newMember, newRoom, uniqueEmail } from '../support/auth-chat';
import { anyOf, matching } from '../support/matchers';
import { PASSWORD, uniqueName } from '../support/people';
import { startServer, Server } from '../support/server';
import { formOf, TestFile, text } from '../support/uploads';
import { within } from '../support/wait';

/** The guide that the service gives to front-end developers, as it is. */
const GUIDE = readFileSync(resolve(__dirname, '../snippets/auth-chat.post-service.md'), 'utf8');
const ENDPOINTS = [...GUIDE.matchAll(/`((?:GET|POST|PUT|DELETE) \/[^`]*)`/g)].map(([, call]) => call ?? '');
const ADDRESSES = [...GUIDE.matchAll(/\*\*URL:\*\* `([^`]+)`/g)].map(([, url]) => url ?? '');
const EVENTS = [...GUIDE.matchAll(/\*\*Event:\*\* `([^`]+)`/g)].map(([, event]) => event ?? '');

/** What the guide says goes into each call, and what comes out. */
const CALLS: Record<
  string,
  (member: Member, room: AuthChatRoom) => { body?: unknown; file?: TestFile; gives: unknown }
> = {
  'POST /auth/signup': () => {
    const account = { username: uniqueName(), email: uniqueEmail(), password: PASSWORD };
    return { body: account, gives: { username: account.username, email: account.email } };
  },
  'POST /auth/login': ({ email }) => ({ body: { email, password: PASSWORD }, gives: { access_token: anyOf(String) } }),
  'POST /auth/token': ({ email }) => ({ body: { email, password: PASSWORD }, gives: { access_token: anyOf(String) } }),
  'GET /auth/users/me': ({ username, email }) => ({ gives: { username, email } }),
  'GET /chat/private_chats/': () => ({ gives: [{ other_user_email: anyOf(String), is_online: false }] }),
  'POST /chat/upload_media/': () => ({ file: text('a.txt'), gives: { file_url: matching(/\/a\.txt$/) } }),
  'POST /chat/chat_rooms/': ({ email }) => ({ body: { name: 'New', members: [] }, gives: { members: [email] } }),
  'GET /chat/chat_rooms/{room_id}/messages': () => ({ gives: [{ content: 'first' }] }),
  'POST /chat/chat_rooms/{room_id}/messages': () => ({ body: { content: 'second' }, gives: { content: 'second' } }),
};

describe('the guide of the chat service', () => {
  let server: Server;
  let member: Member;
  let room: AuthChatRoom;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    server = await startServer();
    member = await newMember(server);
    room = await newRoom(member);
    const other = await newMember(server);
    const direct = { chat_type: 'direct', participant_ids: [Number(other.id)] };
    expectStatus(await member.call('POST', '/api/v1/chats/', { body: direct }), 201);
    const first = { body: { content: 'first' } };
    expectStatus(await member.call('POST', `/chat/chat_rooms/${room.id}/messages`, first), 201);
  });
  afterAll(async () => {
    sockets.forEach((socket) => socket.disconnect());
    await server.stop();
  });

  test('names these calls, addresses and events, and no others', () => {
    expect([...new Set(ENDPOINTS)].sort()).toEqual(Object.keys(CALLS).sort());
    expect(ADDRESSES).toEqual(['ws://localhost:8000/socket.io/']);
    expect(EVENTS).toEqual(['chat_message', 'chat_response', 'get_online_users']);
  });

  test.each(Object.keys(CALLS))('is right about %s', async (call) => {
    const [method = '', path = ''] = call.split(' ');
    const { body, file, gives } = CALLS[call]?.(member, room) ?? {};
    const url = server.url + path.replace('{room_id}', room.id);
    const answer = await request(method, url, {
      body,
      raw: file && formOf(file),
      headers: { Authorization: `Bearer ${member.token}` },
    });
    expect(expectStatus(answer, 200, 201)).toMatchObject(gives as object);
  });

  test.each(ADDRESSES)('is right about %s and the events there', async (address) => {
    const own = address.replace('localhost:8000', new URL(server.url).host);
    const socket = io(own, { forceNew: true, reconnection: false, auth: { token: member.token } });
    sockets.push(socket);
    const next = (event: string) => within(8000, new Promise((accept) => socket.once(event, accept)), event);
    await next('connect');
    const confirmation = next('chat_response');
    socket.emit('chat_message', { room: room.id, message: 'by the guide' });
    expect(await confirmation).toEqual({ status: 'received', message: 'by the guide' });
    const news = next('chat_response');
    expectStatus(await member.call('POST', `/chat/chat_rooms/${room.id}/messages`, { body: { content: 'new' } }), 201);
    expect(await news).toMatchObject({ room_id: room.id, message: { content: 'new' } });
    const online = next('online_users');
    socket.emit('get_online_users');
    expect(await online).toEqual([member.email]);
  });
});
