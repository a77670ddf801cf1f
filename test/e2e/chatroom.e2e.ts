import { expectStatus, request } from '../support/api';
import {
  Chatroom,
  ChatroomMessage,
  ChatroomUser,
  expectDetail,
  historyOf,
  logInToChatroom,
  newRoom,
  newRoomer,
  Roomer,
  say,
} from '../support/chatroom';
import { anyOf, including, matching } from '../support/matchers';
import { newPerson, PASSWORD, uniqueName } from '../support/people';
import { startServer, Server } from '../support/server';
import type { Chat } from '../support/wire';
import { TIMESTAMP } from '../support/wire';

const NOWHERE = '999999999';
const MONGO_ID = '65f1c0ffee65f1c0ffee65f1';
const MEMBER_SENTENCE = 'Chatroom not found or user is not a member.';

describe('the dialect chatroom', () => {
  let server: Server;
  let ann: Roomer, ben: Roomer, cem: Roomer;
  beforeAll(async () => {
    server = await startServer();
  });
  beforeEach(async () => {
    // One after the other: who comes to a room at the same time is listed by id.
    [ann, ben, cem] = [await newRoomer(server), await newRoomer(server), await newRoomer(server)];
  });
  afterAll(() => server.stop());

  const post = (path: string, body: unknown) => request<ChatroomUser>('POST', server.url + path, { body });

  describe('users', () => {
    test('sign up without an e-mail address or with one, once', async () => {
      const username = uniqueName();
      const made = await post('/api/user/', { username, password: PASSWORD, confirmPassword: 'whatever' });
      expect(expectStatus(made, 200)).toEqual({ _id: matching(/^\d+$/), username });
      const email = `${uniqueName()}@example.org`;
      const other = await post('/api/user', { username: uniqueName(), password: PASSWORD, email });
      expect(expectStatus(other, 200)).toEqual({ _id: anyOf(String), username: anyOf(String), email });
      const taken = { username: username.toUpperCase(), password: PASSWORD };
      expectDetail(await post('/api/user/', taken), 400, 'User already exists!');
      const sameEmail = { username: uniqueName(), password: PASSWORD, email };
      expectDetail(await post('/api/user/', sameEmail), 400, 'User already exists!');
      expectDetail(await post('/api/user/', { password: PASSWORD }), 422, /^username: is required/);
      expectDetail(await post('/api/user/', { username: 'x', password: 'y' }), 422, /username: .*password: /);
    });

    test('log in by name or e-mail, and get the token twice', async () => {
      const email = `${uniqueName()}@example.org`;
      const username = uniqueName();
      const account = expectStatus(await post('/api/user/', { username, password: PASSWORD, email }), 200);
      for (const body of [{ username }, { email }, { username: email }, { username: '', email }]) {
        const answer = await request<{ token: string }>('POST', `${server.url}/api/user/login/`, {
          body: { ...body, password: PASSWORD, remember: true },
        });
        expect(expectStatus(answer, 200)).toEqual({ token: anyOf(String), userId: account._id });
        const cookie = answer.headers.get('set-cookie') ?? '';
        expect(cookie.split('; ')[0]).toBe(`Authorization=${answer.body.token}`);
        expect(cookie).toMatch(/; Max-Age=1800; Path=\/; HttpOnly; SameSite=Lax$/);
      }
      const wrong = 'Email or Password is incorrect.';
      expectDetail(await logInToChatroom(server, username, 'wrong horse'), 401, wrong);
      expectDetail(await logInToChatroom(server, 'nobody_at_all'), 401, wrong);
      expectDetail(await post('/api/user/login', { password: PASSWORD }), 422);
    });

    test('see each other without e-mail addresses, in slices', async () => {
      const person = await newPerson(server);
      const all = expectStatus(await ann.call<ChatroomUser[]>('GET', '/api/user/'), 200);
      expect(all).toEqual(including([{ _id: ann.id, username: ann.username }]));
      expect(JSON.stringify(all)).not.toMatch(/email|hash|@/);
      const after = `/api/user?limit=1&after=${Number(person.id) - 1}`;
      const slice = expectStatus(await ann.call<ChatroomUser[]>('GET', after), 200);
      expect(slice).toEqual([{ _id: String(person.id), username: person.username }]);
      expectDetail(await ann.call('GET', '/api/user/?limit=101'), 422, /limit: must be at most 100/);
      expect(expectStatus(await ann.call('GET', `/api/user/${person.id}`), 200)).toEqual(slice[0]);
      for (const id of [NOWHERE, MONGO_ID])
        expectDetail(await ann.call('GET', `/api/user/${id}`), 404, 'User not found!');
    });

    test('change themselves, and the password only with the current one', async () => {
      const path = `/api/user/${ann.id}`;
      const email = `${uniqueName()}@example.org`;
      const username = uniqueName();
      const changed = { _id: ann.id, username, email };
      expect(expectStatus(await ann.call('PUT', path, { username, email, age: 7 }), 200)).toEqual(changed);
      expect(expectStatus(await ann.call('GET', path), 200)).toEqual(changed);
      expectDetail(await ann.call('PUT', path, { username: ben.username }), 400, 'User already exists!');
      const password = 'another horse';
      expectDetail(await ann.call('PUT', path, { password }), 422, /^current_password: needed/);
      expectDetail(await ann.call('PUT', path, { password, current_password: 'a guess' }), 403);
      expectStatus(await ann.call('PUT', path, { password, current_password: PASSWORD }), 200);
      expectStatus(await logInToChatroom(server, username, password), 200);
      expectDetail(await ben.call('PUT', path, { username: uniqueName() }), 403);
    });

    test('delete themselves: what they wrote stays, and they are gone', async () => {
      const room = await newRoom(ann, [ben]);
      await say(ann, room, 'still here');
      const path = `/api/user/${ann.id}`;
      expectDetail(await ben.call('DELETE', path), 403, 'You are not authorized to delete this user.');
      const answer = await ann.call('DELETE', path);
      expect([answer.status, answer.text]).toEqual([200, '"User deleted."']);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expectDetail(await ann.call('GET', '/api/user/'), 401);
      expectDetail(await ben.call('GET', path), 404, 'User not found!');
      expect(await historyOf(ben, room)).toMatchObject([{ sender_username: 'deleted user', message: 'still here' }]);
      expect(expectStatus(await ben.call<Chatroom>('GET', `/api/chatroom/${room._id}`), 200).members).toEqual([ben.id]);
      expectStatus(await post('/api/user/', { username: ann.username, password: PASSWORD }), 200);
    });
  });

  describe('chatrooms', () => {
    test('are named by whoever makes them, or after the others', async () => {
      const named = await newRoom(ann, [ben], 'Book club');
      expect(named).toEqual({ _id: matching(/^\d+$/), name: 'Book club', members: [ann.id, ben.id] });
      const nameless = await newRoom(ann, [ben, cem]);
      expect(nameless.name).toBe([ben, cem].map(({ username }) => username).join(', '));
      const seen = expectStatus(await ben.call<Chatroom>('GET', `/api/chatroom/${nameless._id}/`), 200);
      expect(seen.name).toBe([ann, cem].map(({ username }) => username).join(', '));
      expect((await newRoom(ann)).name).toBe('Unnamed Chatroom');
    });

    test('of the same members are one, also when asked for at once', async () => {
      const ask = (by: Roomer, members: Roomer[], name?: string) =>
        by.call<Chatroom>('POST', '/api/chatroom/', { name, members: members.map(({ id }) => id) });
      const answers = await Promise.all([ask(ann, [ben]), ask(ben, [ann]), ask(ann, [ben, ann]), ask(ben, [ann])]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => body._id)).size).toBe(1);
      expect(expectStatus(await ask(ann, [ben], 'Club'), 201)._id).not.toBe(answers[0]?.body._id);
      expect(expectStatus(await ask(ben, [ann], 'Club'), 200).name).toBe('Club');
      expectStatus(await ann.call('POST', '/api/chatroom'), 201);
    });

    test('are for people who exist, and for 100 at most', async () => {
      for (const members of [[NOWHERE], [ben.id, MONGO_ID]]) {
        expectDetail(await ann.call('POST', '/api/chatroom/', { members }), 404, 'User not found!');
      }
      expectDetail(await ann.call('POST', '/api/chatroom/', { members: 'ben' }), 422, /^members: must be a list/);
      const crowd = Array.from({ length: 100 }, (_, index) => String(1_000_000 + index));
      expectDetail(await ann.call('POST', '/api/chatroom/', { members: crowd }), 409, /at most 100/);
      expectDetail(await ann.call('POST', '/api/chatroom/', { name: 'x'.repeat(101) }), 422, /at most 100 characters/);
    });

    test('are seen by their members only, and listed with the open ones where asked', async () => {
      const own = await newRoom(ann, [ben]);
      const foreign = await newRoom(cem, []);
      for (const id of [foreign._id, NOWHERE, MONGO_ID]) {
        expectDetail(await ann.call('GET', `/api/chatroom/${id}`), 404, MEMBER_SENTENCE);
      }
      const idsOf = async (query: string) =>
        expectStatus(await ann.call<Chatroom[]>('GET', `/api/chatroom/${query}`), 200).map(({ _id }) => _id);
      expect(await idsOf('')).toEqual([own._id]);
      expect((await idsOf('?scope=all')).slice(0, 2)).toEqual([foreign._id, own._id]);
      expect(await idsOf(`?scope=all&limit=1&before=${foreign._id}`)).toEqual([own._id]);
      expectDetail(await ann.call('GET', '/api/chatroom/?scope=others'), 422, /own, all/);
    });

    test('let everybody in and out', async () => {
      const room = await newRoom(ann);
      const join = (who: Roomer, id = room._id) => who.call('POST', `/api/chatroom/${id}/join`);
      const joined = await join(ben);
      expect([joined.status, joined.text]).toEqual([
        200,
        `"User ${ben.id} successfully added to chatroom ${room._id}!"`,
      ]);
      expectDetail(await join(ben), 400, 'User already a member of the chatroom!');
      for (const id of [NOWHERE, MONGO_ID]) expectDetail(await join(ben, id), 404, 'Chatroom not found!');
      const left = await ben.call('POST', `/api/chatroom/${room._id}/leave/`);
      expect([left.status, left.text]).toEqual([
        200,
        `"User ${ben.id} successfully removed from chatroom ${room._id}!"`,
      ]);
      expectDetail(await ben.call('POST', `/api/chatroom/${room._id}/leave`), 404, MEMBER_SENTENCE);
      expectStatus(await join(ben), 200);
    });

    test('made elsewhere are by invitation, and answer like none at all', async () => {
      const person = await newPerson(server);
      const group = { chat_type: 'group', name: 'Invited', participant_ids: [Number(ben.id)] };
      const { id } = expectStatus(await person.api.post<Chat>('/chats/', group), 201);
      const path = `/api/chatroom/${id}`;
      expectDetail(await ann.call('POST', `${path}/join`), 404, 'Chatroom not found!');
      expectDetail(await ben.call('POST', `${path}/join`), 400, 'User already a member of the chatroom!');
      const all = expectStatus(await ann.call<Chatroom[]>('GET', '/api/chatroom/?scope=all'), 200);
      expect(all.map(({ _id }) => _id)).not.toContain(String(id));
      const members = [ben.id, String(person.id)];
      expect(expectStatus(await ben.call('GET', path), 200)).toEqual({ _id: String(id), name: 'Invited', members });
    });
  });

  describe('messages', () => {
    test('are answered and kept as they were sent', async () => {
      const room = await newRoom(ann, [ben]);
      const first = await say(ann, room, ' سلام \u{1F600} ');
      expect(first).toEqual({
        _id: matching(/^\d+$/),
        chatroom: room._id,
        sender: ann.id,
        sender_username: ann.username,
        message: ' سلام \u{1F600} ',
        timestamp: matching(TIMESTAMP),
      });
      const second = await say(ben, room, 'two');
      expect(await historyOf(ben, room)).toEqual([first, second]);
      expect(await historyOf(ann, room, '?limit=1')).toEqual([second]);
      expect(await historyOf(ann, room, `?before=${second._id}`)).toEqual([first]);
      expectDetail(await ann.call('GET', `/api/message/${room._id}?before=${NOWHERE}`), 422, /^before: /);
    });

    test('that were deleted are left out', async () => {
      const person = await newPerson(server);
      const room = await newRoom(ann, []);
      const path = `/api/chatroom/${room._id}/join`;
      expectStatus(await request('POST', server.url + path, { token: person.token }), 200);
      const message = { chat_id: Number(room._id), content: 'gone soon' };
      const { id } = expectStatus(await person.api.post<{ id: number }>('/messages/', message), 201);
      const kept = await say(ann, room, 'kept');
      expectStatus(await person.api.delete(`/messages/${id}`), 200);
      expect(await historyOf(ann, room, '?limit=2')).toEqual([kept]);
    });

    test.each<[unknown, number, string | RegExp]>([
      [undefined, 422, 'Message details are required'],
      ['', 422, 'Message details are required'],
      [' \u200b\n', 422, 'Message content cannot be empty'],
      [{}, 422, 'Message content cannot be empty'],
      [{ content: ' ' }, 422, 'Message content cannot be empty'],
      [7, 422, /^message: must be a text/],
      [['x'], 422, /^message: must be a text/],
      [{ content: 7 }, 422, /^message\.content: must be a text/],
    ])('%j is refused', async (message, status, sentence) => {
      const room = await newRoom(ann);
      expectDetail(await ann.call('POST', '/api/message/', { chatroom: room._id, message }), status, sentence);
    });

    test('may be objects, which come back as they were sent', async () => {
      const room = await newRoom(ann, [ben]);
      const objects = [
        { content: 'Zm9v', pubKey: 'MIIB\u0000é\ud800', privKeyId: 7, timestamp: '2020-01-01', more: [{ deep: null }] },
        { content: 'nothing beside it' },
      ];
      for (const object of objects) expect((await say(ann, room, object)).message).toEqual(object);
      expect((await historyOf(ben, room)).map(({ message }) => message)).toEqual(objects);
      const tooMuch = { content: 'x', pubKey: 'x'.repeat(17_000) };
      const answer = await ann.call('POST', '/api/message/', { chatroom: room._id, message: tooMuch });
      expectDetail(answer, 422, /at most 16384 bytes of JSON, 17\d\d\d given/);
    });

    test('that are objects are texts to the others, who edit and delete all of them', async () => {
      const person = await newPerson(server);
      const room = await newRoom(ann, []);
      expectStatus(await request('POST', `${server.url}/api/chatroom/${room._id}/join`, { token: person.token }), 200);
      const body = { chatroom: room._id, message: { content: 'secret', pubKey: 'key' } };
      const sent = await request<ChatroomMessage>('POST', `${server.url}/api/message`, { token: person.token, body });
      const path = `/messages/${expectStatus(sent, 200)._id}`;
      const native = await person.api.get(`/messages/chat/${room._id}`);
      expect(native.body).toMatchObject({ items: [{ content: 'secret' }] });
      expect(native.text).not.toContain('key');
      expectStatus(await person.api.put(path, { content: 'plain' }), 200);
      expect(await historyOf(ann, room)).toMatchObject([{ message: 'plain' }]);
      expectStatus(await person.api.delete(path), 200);
      expect(await historyOf(ann, room)).toEqual([]);
    });

    test('have at most 10,000 characters', async () => {
      const room = await newRoom(ann);
      const message = '\u{1F600}'.repeat(10_000);
      expect((await say(ann, room, message)).message).toBe(message);
      const tooLong = { chatroom: room._id, message: `${message}x` };
      expectDetail(
        await ann.call('POST', '/api/message/', tooLong),
        422,
        /^message: at most 10000 characters, 10001 given/,
      );
    });

    test('are for members of the room', async () => {
      const room = await newRoom(ann);
      const send = (chatroom: string) => ben.call('POST', '/api/message', { chatroom, message: 'x' });
      const read = (chatroom: string) => ben.call('GET', `/api/message/${chatroom}/`);
      for (const attempt of [send, read]) {
        expectDetail(await attempt(room._id), 403, 'User is not a member of this chatroom');
        for (const id of [NOWHERE, MONGO_ID]) expectDetail(await attempt(id), 404, 'Chatroom not found!');
      }
      expectDetail(await ben.call('POST', '/api/message', { message: 'x' }), 422, /^chatroom: is required/);
    });
  });

  describe('errors have one shape, whatever fails', () => {
    test.each<[string, string, object, number]>([
      ['no token', '/api/user/', {}, 401],
      ['a bad token', '/api/chatroom/', { token: 'made-up' }, 401],
      ['an unknown address', '/api/user/1/2/3', {}, 404],
      ['an unknown address below', '/api/message/1/x', {}, 404],
      ['another method', '/api/chatroom/', { method: 'DELETE' }, 405],
      ['no JSON', '/api/user/', { method: 'POST', raw: '{', headers: { 'content-type': 'application/json' } }, 400],
      ['too much', '/api/user/', { method: 'POST', body: { username: 'x'.repeat(300_000) } }, 413],
      ['a form', '/api/user/', { method: 'POST', raw: 'a=b', headers: { 'content-type': 'text/plain' } }, 415],
    ])('%s', async (_what, path, { method = 'GET', ...options }: { method?: string }, status) => {
      expectDetail(await request(method, server.url + path, options), status);
    });
  });

  test('what is sent here stands in the native history, too', async () => {
    const room = await newRoom(ann);
    const person = await newPerson(server);
    expectStatus(await request('POST', `${server.url}/api/chatroom/${room._id}/join`, { token: person.token }), 200);
    const said: ChatroomMessage = await say(ann, room, 'hello');
    const native = await person.api.get<{ items: { id: number }[] }>(`/messages/chat/${room._id}`);
    expect(native.body.items.map(({ id }) => String(id))).toEqual([said._id]);
  });
});
