import { expectStatus } from '../support/api';
import {
  AuthChatMessage,
  AuthChatRoom,
  expectDetails,
  expectSentence,
  historyOf,
  Member,
  memberWith,
  newMember,
  newRoom,
  say,
  uniqueEmail,
} from '../support/auth-chat';
import { anyOf, matching } from '../support/matchers';
import { directChat, newPeople, newPerson, Person } from '../support/people';
import { startServer, Server } from '../support/server';
import { closeSockets, openRaw, openSocketIo } from '../support/sockets';
import { TIMESTAMP } from '../support/wire';

const DENIED = 'Chat room not found or access denied';

describe('rooms and messages in the dialect auth-chat', () => {
  let server: Server;
  let ann: Member, ben: Member, stranger: Member;
  beforeAll(async () => {
    server = await startServer();
    [ann, ben, stranger] = [await newMember(server), await newMember(server), await newMember(server)];
  });
  afterEach(closeSockets);
  afterAll(() => server.stop());

  const create = (body: unknown, path = '/chat/chat_rooms/') => ann.call<AuthChatRoom>('POST', path, { body });
  const get = (member: Member, roomId: string) => member.call<AuthChatRoom>('GET', `/chat/chat_rooms/${roomId}`);
  const openPrivateChat = async (member: Member, other: Member) => {
    const body = { chat_type: 'direct', participant_ids: [Number(other.id)] };
    return expectStatus(await member.call<{ id: number }>('POST', '/api/v1/chats/', { body }), 201);
  };

  describe('making a room', () => {
    test('answers 201 with the room; the creator is a member, once', async () => {
      const members = [ben.email, ann.email.toUpperCase(), ben.email.toUpperCase(), ann.email];
      const room = expectStatus(await create({ name: 'Club', members, color: 'red' }), 201);
      expect(room).toEqual({ id: matching(/^\d+$/), name: 'Club', members: [ann.email, ben.email], messages: [] });
      expect(expectStatus(await get(ben, room.id), 200)).toEqual(room);
    });

    test.each([{}, { members: [] }, { members: null, description: null }, { description: ' ' }])(
      'needs a name and nothing else: %j',
      async (more) => {
        const room = expectStatus(await create({ name: 'Alone', ...more }, '/chat/chat_rooms'), 201);
        expect(room).toEqual({ id: anyOf(String), name: 'Alone', members: [ann.email], messages: [] });
      },
    );

    test('keeps what it says about itself', async () => {
      const room = expectStatus(await create({ name: 'Club', description: 'A book a month 📚' }), 201);
      expect(room.description).toBe('A book a month 📚');
      expect(expectStatus(await get(ann, room.id), 200).description).toBe('A book a month 📚');
    });

    test.each([
      [{}, ['body.name missing']],
      [{ name: '' }, ['body.name string_too_short']],
      [{ name: 'x'.repeat(101) }, ['body.name string_too_long']],
      [{ name: 'x', description: 'x'.repeat(1001) }, ['body.description string_too_long']],
      [{ name: 'x', description: 5 }, ['body.description string_type']],
      [{ name: 'x', members: 'ann@example.org' }, ['body.members list_type']],
      [
        { name: 'x', members: ['ann@example.org', 7, null] },
        ['body.members.1 string_type', 'body.members.2 string_type'],
      ],
      [
        { name: 'x', members: ['a@example.org', 'ben', 'x@'] },
        ['body.members.1 value_error', 'body.members.2 value_error'],
      ],
    ])('refuses %j with 422, and then no room is made', async (body, details) => {
      expect(expectDetails(await create(body))).toEqual(details);
    });

    test('takes 100 members and invitations, and refuses more with 400, and then no room is made', async () => {
      const emails = Array.from({ length: 100 }, () => uniqueEmail('guest'));
      const fits = expectStatus(await create({ name: 'Full', members: emails.slice(0, 99) }), 201);
      expect(fits.members).toHaveLength(100);
      const maker = await newMember(server);
      for (const members of [emails, Array<string>(5000).fill('a@example.org')]) {
        expectSentence(await maker.call('POST', '/chat/chat_rooms/', { body: { name: 'x', members } }), 400, /100/);
      }
      const { total } = expectStatus(await maker.call<{ total: number }>('GET', '/api/v1/chats/'), 200);
      expect(total).toBe(0);
    });
  });

  describe('an address that nobody has yet', () => {
    test('is listed like any other, however it is written, so that nobody learns who has an account', async () => {
      // The account has a spelling of its own, which must not show.
      const [known, unknown] = [await newMember(server, uniqueEmail('aAa')), uniqueEmail('aAa')];
      const shout = (email: string) => email.replace('aAa', 'AAA');
      const rooms = [known.email, unknown].map((email) => create({ name: 'Two', members: [shout(email)] }));
      const [one, other] = (await Promise.all(rooms)).map((answer) => expectStatus(answer, 201));
      const shape = (room: AuthChatRoom | undefined, email: string) =>
        JSON.stringify({ ...room, id: '#' }).replace(email.toLowerCase(), '@');
      expect(shape(one, known.email)).toBe(shape(other, unknown));
      const again = [one, other].map((room) => get(ann, room?.id ?? ''));
      const [first, second] = (await Promise.all(again)).map((answer) => expectStatus(answer, 200));
      expect(shape(first, known.email)).toBe(shape(second, unknown));
    });

    test('becomes a member by signing up, by whichever dialect', async () => {
      const emails = ['/auth/signup', '/api/v1/users/register', '/api/user/'].map(() => uniqueEmail('late'));
      const room = expectStatus(await create({ name: 'Party', members: emails }), 201);
      const guest = await newMember(server, emails[0]);
      await say(ann, room, 'welcome');
      expect(expectStatus(await get(guest, room.id), 200).members.sort()).toEqual([ann.email, ...emails].sort());
      for (const [path, email] of [
        ['/api/v1/users/register', emails[1]],
        ['/api/user/', emails[2]],
      ] as const) {
        const account = { username: email?.split('@')[0], email, password: 'correct horse' };
        expectStatus(await ann.call('POST', path, { body: account }), 200, 201);
        const logIn = await ann.call<{ access_token: string }>('POST', '/auth/login', { body: account });
        const late = memberWith(
          server,
          { id: '', username: '', email: email ?? '' },
          expectStatus(logIn, 200).access_token,
        );
        expect(expectStatus(await get(late, room.id), 200).id).toBe(room.id);
      }
      const chat = expectStatus(await ann.call<{ participants: unknown[] }>('GET', `/api/v1/chats/${room.id}`), 200);
      expect(chat.participants).toHaveLength(4);
    });

    test('holds the place that it was given: nobody else can take it', async () => {
      const emails = Array.from({ length: 99 }, () => uniqueEmail('guest'));
      const room = expectStatus(await create({ name: 'Full', members: emails }), 201);
      const path = `/api/v1/chats/${room.id}/participants`;
      expectStatus(await ann.call('POST', path, { body: { user_ids: [Number(ben.id)] } }), 409);
      const late = await newMember(server, emails[42]);
      expectStatus(await get(late, room.id), 200);
    });
  });

  describe('a room', () => {
    test('shows its latest messages, oldest first, without deleted ones, also to who comes from another dialect', async () => {
      const room = await newRoom(ann, [ben]);
      const sent = [await say(ann, room, 'one'), await say(ben, room, 'two'), await say(ann, room, 'three')];
      expectStatus(await ben.call('DELETE', `/api/v1/messages/${sent[1]?.id}`), 200);
      expectStatus(await ann.call('PUT', `/api/v1/messages/${sent[2]?.id}`, { body: { content: '3' } }), 200);
      const shown = [sent[0], { ...sent[2], content: '3' }];
      expect(expectStatus(await get(ben, room.id), 200).messages).toEqual(shown);
      expect(await historyOf(ben, room)).toEqual(shown);
    });

    test('can be a private chat: everything about rooms holds there, too', async () => {
      const chat = await openPrivateChat(ann, ben);
      const message = await say(ben, chat, 'psst');
      expect(await historyOf(ann, chat)).toEqual([message]);
      const room = expectStatus(await get(ann, String(chat.id)), 200);
      expect(room).toMatchObject({ name: null, members: [ann.email, ben.email] });
    });

    test.each(['0', '-1', '1.5', 'x', '999999999', '1e3', '9'.repeat(17), '%20'])(
      'that does not exist, %s, looks like one of others',
      async (id) => {
        const foreign = await newRoom(ann, [], 'secret');
        for (const roomId of [id, foreign.id]) {
          expectSentence(await get(stranger, roomId), 404, DENIED);
          const path = `/chat/chat_rooms/${roomId}/messages`;
          expectSentence(await stranger.call('GET', path), 404, DENIED);
          expectSentence(await stranger.call('POST', path, { body: { content: 'x' } }), 404, DENIED);
        }
      },
    );

    test('is closed to who has left it', async () => {
      const room = await newRoom(ann, [ben]);
      expectStatus(await ben.call('DELETE', `/api/v1/chats/${room.id}`), 204);
      expectSentence(await get(ben, room.id), 404, DENIED);
      expect(expectStatus(await get(ann, room.id), 200).members).toEqual([ann.email]);
    });
  });

  describe('a message', () => {
    test('is answered 201 as it is stored; who sends it and when is not for the client to say', async () => {
      const room = await newRoom(ann, [ben]);
      const body = { content: ' Hello 👋\n', sender: 'somebody', timestamp: '2001-01-01T00:00:00Z' };
      const path = `/chat/chat_rooms/${room.id}/messages/`;
      const message = expectStatus(await ben.call<AuthChatMessage>('POST', path, { body }), 201);
      expect(message).toEqual({
        id: matching(/^\d+$/),
        sender: ben.email,
        content: body.content,
        timestamp: matching(TIMESTAMP),
      });
      expect(Date.now() - Date.parse(message.timestamp)).toBeLessThan(10_000);
      expect(await historyOf(ann, room)).toEqual([message]);
    });

    test.each([
      [{}, ['body.content missing']],
      [{ content: 7 }, ['body.content string_type']],
      [{ content: '' }, ['body.content string_too_short']],
      [{ content: '\u200b \n' }, ['body.content string_too_short']],
      [{ content: 'x'.repeat(10_001) }, ['body.content string_too_long']],
      [{ content: 'a\0b' }, ['body.content value_error']],
    ])('that breaks a rule is refused and not stored: %j', async (body, details) => {
      const room = await newRoom(ann);
      const path = `/chat/chat_rooms/${room.id}/messages`;
      expect(expectDetails(await ann.call('POST', path, { body }))).toEqual(details);
      expect(await historyOf(ann, room)).toEqual([]);
    });

    test('may have 10,000 characters, however they are escaped', async () => {
      const room = await newRoom(ann);
      const raw = `{"content":"${'\\ud83d\\ude00'.repeat(10_000)}"}`;
      const headers = { 'content-type': 'application/json' };
      expectStatus(await ann.call('POST', `/chat/chat_rooms/${room.id}/messages`, { raw, headers }), 201);
      expect((await historyOf(ann, room))[0]?.content).toBe('😀'.repeat(10_000));
    });

    test('of somebody whose account is gone stays, under another name', async () => {
      const gone = await newMember(server);
      const room = await newRoom(ann, [gone]);
      await say(gone, room, 'still here');
      const body = { current_password: 'correct horse battery' };
      expectStatus(await gone.call('DELETE', '/api/v1/users/me', { body }), 204);
      expect(await historyOf(ann, room)).toMatchObject([{ sender: 'deleted user', content: 'still here' }]);
      expect(expectStatus(await get(ann, room.id), 200).members).toEqual([ann.email]);
    });
  });

  describe('the history', () => {
    let room: AuthChatRoom;
    const texts = (messages: AuthChatMessage[]) => messages.map(({ content }) => Number(content));
    const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
    beforeAll(async () => {
      room = await newRoom(ann, [ben]);
      const socket = await openRaw(server, ann, Number(room.id));
      for (const number of numbers(1, 120)) socket.emit('message', { content: String(number) });
      await socket.inbox.waitFor('new_message', ({ message }) => message?.content === '120');
    });

    test('is the latest 100, oldest first', async () => {
      expect(texts(await historyOf(ben, room))).toEqual(numbers(21, 120));
      expect(expectStatus(await get(ben, room.id), 200).messages).toHaveLength(100);
    });

    test('goes back from a message, page by page, also from one that is deleted', async () => {
      const latest = await historyOf(ben, room, '?limit=50');
      expect(texts(latest)).toEqual(numbers(71, 120));
      const [edge] = latest;
      expectStatus(await ann.call('DELETE', `/api/v1/messages/${edge?.id}`), 200);
      const earlier = await historyOf(ben, room, `?before=${edge?.id}&limit=50&unknown=1`);
      expect(texts(earlier)).toEqual(numbers(21, 70));
      expect(await historyOf(ben, room, '?limit=50')).toHaveLength(50);
      expect(texts(await historyOf(ben, room, `?before=${earlier[0]?.id}`))).toEqual(numbers(1, 20));
    });

    test.each([
      ['limit=0', ['query.limit greater_than_equal']],
      ['limit=101', ['query.limit less_than_equal']],
      ['limit=x&before=y', ['query.limit int_parsing', 'query.before int_parsing']],
      ['before=999999999', ['query.before value_error']],
    ])('refuses ?%s', async (query, details) => {
      const answer = await ann.call('GET', `/chat/chat_rooms/${room.id}/messages?${query}`);
      expect(expectDetails(answer)).toEqual(details);
    });

    test('does not go back from a message of another room', async () => {
      const { id } = await say(ann, await newRoom(ann), 'elsewhere');
      const answer = await ann.call('GET', `/chat/chat_rooms/${room.id}/messages?before=${id}`);
      expect(expectDetails(answer)).toEqual(['query.before value_error']);
    });
  });

  test('private chats are listed with the other one and whether he or she is online, by any dialect', async () => {
    const [me, on, off] = (await newPeople(server, 3)) as [Person, Person, Person];
    const chats = [await directChat(me, off), await directChat(me, on)];
    await openSocketIo(server, on);
    const list = await memberWith(server, me, me.token).call('GET', '/chat/private_chats/');
    expect(expectStatus(list, 200)).toEqual([
      { id: String(chats[1]?.id), other_user_email: on.email, is_online: true },
      { id: String(chats[0]?.id), other_user_email: off.email, is_online: false },
    ]);
    const page = await memberWith(server, me, me.token).call<unknown[]>('GET', '/chat/private_chats?limit=1&page=2');
    expect(expectStatus(page, 200)).toMatchObject([{ other_user_email: off.email }]);
    expectStatus(await me.api.delete(`/chats/${chats[0]?.id}`), 204);
    expectStatus(await on.api.delete('/users/me', { current_password: on.password }), 204);
    const rest = await memberWith(server, me, me.token).call('GET', '/chat/private_chats');
    expect(expectStatus(rest, 200)).toMatchObject([{ other_user_email: 'deleted user', is_online: false }]);
  });

  test('people of other dialects are named, too', async () => {
    const person = await newPerson(server);
    const room = await newRoom(ann, [person]);
    const shown = expectStatus(await get(memberWith(server, person, person.token), room.id), 200);
    expect(shown.members).toEqual([ann.email, person.email]);
  });
});
