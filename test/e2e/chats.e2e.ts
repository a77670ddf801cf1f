import { Answer, expectInvalid, expectProblem, expectStatus } from '../support/api';
import { anyOf, including, matching } from '../support/matchers';
import { directChat, newGroup, newPeople, newPerson, Person, send } from '../support/people';
import { startServer, Server } from '../support/server';
import { Changes, Chat, ListedChat, Page, Participant, TIMESTAMP } from '../support/wire';

const MEMBERS_MAX = 100;

describe('chats', () => {
  let server: Server;
  let ann: Person, ben: Person, cem: Person, dia: Person;
  beforeAll(async () => {
    server = await startServer();
    [ann, ben, cem, dia] = (await newPeople(server, 4)) as [Person, Person, Person, Person];
  });
  afterAll(() => server.stop());

  const create = (person: Person, fields: Record<string, unknown>) => person.api.post<Chat>('/chats/', fields);
  const view = async (person: Person, chat: Chat) => expectStatus(await person.api.get<Chat>(`/chats/${chat.id}`), 200);
  const mine = async (person: Person, query = '') =>
    expectStatus(await person.api.get<Page<ListedChat>>(`/chats/${query}`), 200);
  const lastSeq = async (person: Person, chat: Chat) =>
    expectStatus(await person.api.get<Changes>(`/chats/${chat.id}/changes?after=0`), 200).last_seq;
  const add = (person: Person, chat: Chat, ...people: Person[]) =>
    person.api.post<Chat>(`/chats/${chat.id}/participants`, { user_ids: people.map(({ id }) => id) });
  const remove = (person: Person, chat: Chat, { id }: Person) =>
    person.api.delete(`/chats/${chat.id}/participants?user_id=${id}`);
  const adminsOf = ({ participants }: Chat) => participants.filter(({ is_admin }) => is_admin).map((p) => p.user_id);

  describe('direct', () => {
    test('one is made once for two people, whoever asks', async () => {
      const [one, two] = (await newPeople(server, 2)) as [Person, Person];
      const first = await create(one, { chat_type: 'direct', participant_ids: [two.id] });
      expect(expectStatus(first, 201)).toMatchObject({ chat_type: 'direct', is_active: true, last_seq: 0 });
      expect(first.body.participants.map(({ user_id }) => user_id).sort()).toEqual([one.id, two.id].sort());
      const again = await create(two, { chat_type: 'direct', participant_ids: [one.id] });
      expect(expectStatus(again, 200).id).toBe(first.body.id);
    });

    test('one is made once also when both ask at the same moment', async () => {
      const [one, two] = (await newPeople(server, 2)) as [Person, Person];
      const ask = (from: Person, to: Person) => create(from, { chat_type: 'direct', participant_ids: [to.id] });
      const answers = await Promise.all(Array.from({ length: 5 }, () => [ask(one, two), ask(two, one)]).flat());
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(9).fill(200), 201]);
    });

    test('none is made with oneself, with nobody, with two or with someone unknown', async () => {
      const ask = (participant_ids: unknown) => create(ann, { chat_type: 'direct', participant_ids });
      expectInvalid(await ask([ann.id]), 'participant_ids');
      expectInvalid(await ask([]), 'participant_ids');
      expectInvalid(await ask([ben.id, cem.id]), 'participant_ids');
      expectProblem(await ask([999_999_999]), 404, 'user.not_found');
      expectInvalid(await ask([ben.id, 'x']), 'participant_ids.1');
    });

    test('it can not be renamed, and nobody is added', async () => {
      const chat = await directChat(ann, ben);
      expectProblem(await ann.api.put(`/chats/${chat.id}`, { name: 'us' }), 409);
      expectProblem(await add(ann, chat, cem), 409);
      expect((await view(ann, chat)).participants).toHaveLength(2);
    });

    test('leaving hides it from my list until someone writes or I ask for it again', async () => {
      const [one, two] = (await newPeople(server, 2)) as [Person, Person];
      const chat = await directChat(one, two);
      const listed = async (person: Person) => (await mine(person)).items.some(({ id }) => id === chat.id);
      const leave = async () => expectStatus(await one.api.delete(`/chats/${chat.id}`), 204);

      await leave();
      expect([await listed(one), await listed(two)]).toEqual([false, true]);
      await send(two, chat, 'are you there?');
      expect(await listed(one)).toBe(true);
      await leave();
      expect(await listed(one)).toBe(false);
      expect((await directChat(one, two)).id).toBe(chat.id);
      expect(await listed(one)).toBe(true);
    });
  });

  describe('group', () => {
    test('who makes one is its admin', async () => {
      const answer = await create(ann, { chat_type: 'group', name: 'گروه ما', participant_ids: [ben.id, cem.id] });
      const participant = ({ id, username }: Person, is_admin: boolean): Participant => ({
        user_id: id,
        username,
        full_name: 'person Example',
        joined_at: matching(TIMESTAMP) as string,
        is_admin,
        is_online: false,
      });
      const chat = expectStatus(answer, 201);
      expect(chat).toEqual({
        id: anyOf(Number),
        name: 'گروه ما',
        chat_type: 'group',
        created_at: matching(TIMESTAMP),
        updated_at: matching(TIMESTAMP),
        is_active: true,
        last_seq: 0,
        participants: including([participant(ann, true), participant(ben, false), participant(cem, false)]),
      });
      expect(chat.participants).toHaveLength(3);
      expect(await view(ben, chat)).toEqual(chat);
    });

    test.each<[Record<string, unknown>, string]>([
      [{ chat_type: 'room', name: 'x', participant_ids: [] }, 'chat_type'],
      [{ name: 'x', participant_ids: [] }, 'chat_type'],
      [{ chat_type: 'group', name: 'x' }, 'participant_ids'],
      [{ chat_type: 'group', name: 7, participant_ids: [] }, 'name'],
      [{ chat_type: 'group', name: ' \u200b', participant_ids: [] }, 'name'],
      [{ chat_type: 'group', name: 'x'.repeat(10_000), participant_ids: [] }, 'name'],
      [{ chat_type: 'group', name: 'x', participant_ids: [0] }, 'participant_ids.0'],
      [{ chat_type: 'group', name: 'x', participant_ids: [], owner: 1 }, 'owner'],
    ])('%j is refused by name of the field', async (fields, path) => {
      expectInvalid(await create(ann, fields), path);
    });

    test('one with somebody unknown is not made at all', async () => {
      const before = (await mine(ann)).total;
      expectProblem(
        await create(ann, { chat_type: 'group', name: 'x', participant_ids: [ben.id, 999_999_999] }),
        404,
        'user.not_found',
      );
      expect((await mine(ann)).total).toBe(before);
    });

    test('an admin renames it, a member does not', async () => {
      const chat = await newGroup(ann, [ben]);
      expect(expectStatus(await ann.api.put<Chat>(`/chats/${chat.id}`, { name: 'new' }), 200).name).toBe('new');
      expectProblem(await ben.api.put(`/chats/${chat.id}`, { name: 'mine' }), 403);
      expectInvalid(await ann.api.put(`/chats/${chat.id}`, { name: '' }), 'name');
      expect(await view(ben, chat)).toMatchObject({ name: 'new', last_seq: 1 });
    });

    test('adding people answers with the chat, and who is there already changes nothing', async () => {
      const chat = await newGroup(ann, [ben]);
      const after = expectStatus(await add(ann, chat, ben, cem), 200);
      expect(after.participants.map(({ user_id }) => user_id).sort()).toEqual([ann.id, ben.id, cem.id].sort());
      expect(await lastSeq(ann, chat)).toBe(1);
      expectStatus(await ann.api.post(`/chats/${chat.id}/participants`, { user_id: dia.id }), 200);
      expectStatus(await add(ann, chat, ben, cem, dia), 200);
      expect(await lastSeq(ann, chat)).toBe(2);
    });

    test('people are added all or none', async () => {
      const chat = await newGroup(ann, []);
      const some = { user_ids: [ben.id, 999_999_999] };
      expectProblem(await ann.api.post(`/chats/${chat.id}/participants`, some), 404, 'user.not_found');
      expectProblem(await ann.api.post(`/chats/${chat.id}/participants`, {}), 422);
      expect((await view(ann, chat)).participants).toHaveLength(1);
    });

    test('removing works by query and by body, and only for who is there', async () => {
      const chat = await newGroup(ann, [ben, cem]);
      expectStatus(await remove(ann, chat, ben), 204);
      expectStatus(await ann.api.delete(`/chats/${chat.id}/participants`, { user_id: cem.id }), 204);
      expectProblem(await remove(ann, chat, ben), 404);
      expectProblem(await ann.api.delete(`/chats/${chat.id}/participants`), 422);
      expect((await view(ann, chat)).participants).toHaveLength(1);
      expectProblem(await ben.api.get(`/chats/${chat.id}`), 404, 'chat.not_found');
    });

    test('participants come in pages', async () => {
      const chat = await newGroup(ann, [ben, cem]);
      const page = async (query: string) =>
        expectStatus(await ben.api.get<Page<Participant>>(`/chats/${chat.id}/participants${query}`), 200);
      expect(await page('')).toMatchObject({ total: 3, page: 1, limit: 20, pages: 1 });
      const [first, second] = [await page('?limit=2'), await page('?limit=2&page=2')];
      expect(first).toMatchObject({ total: 3, pages: 2 });
      const ids = [...first.items, ...second.items].map(({ user_id }) => user_id);
      expect(ids.sort()).toEqual([ann.id, ben.id, cem.id].sort());
    });

    test('an admin makes admins', async () => {
      const chat = await newGroup(ann, [ben]);
      const path = `/chats/${chat.id}/participants/${ben.id}`;
      expectProblem(await ben.api.put(path, { is_admin: true }), 403);
      expectStatus(await ann.api.put(path, { is_admin: true }), 200);
      expect(adminsOf(await view(ann, chat)).sort()).toEqual([ann.id, ben.id].sort());
      expectStatus(await ben.api.put(`/chats/${chat.id}/participants/${ann.id}`, { is_admin: false }), 200);
      expect(adminsOf(await view(ann, chat))).toEqual([ben.id]);
      expectInvalid(await ben.api.put(path, { is_admin: 'yes' }), 'is_admin');
      expectProblem(await ben.api.put(`/chats/${chat.id}/participants/${cem.id}`, { is_admin: true }), 404);
    });

    test("the last admin's place goes to who has been there longest, then to the lowest id", async () => {
      const chat = await newGroup(ann, [dia]);
      expectStatus(await add(ann, chat, ben, cem), 200);
      expectStatus(await ann.api.delete(`/chats/${chat.id}`), 204);
      expect(adminsOf(await view(ben, chat))).toEqual([dia.id]);
      expectStatus(await dia.api.delete(`/chats/${chat.id}`), 204);
      expect(adminsOf(await view(ben, chat))).toEqual([Math.min(ben.id, cem.id)]);
    });

    test('who leaves is out at once, and the last one closes it', async () => {
      const chat = await newGroup(ann, [ben]);
      await send(ann, chat, 'bye');
      for (const person of [ann, ben]) {
        expectStatus(await person.api.delete(`/chats/${chat.id}`), 204);
        expectProblem(await person.api.get(`/chats/${chat.id}`), 404, 'chat.not_found');
        expectProblem(await person.api.delete(`/chats/${chat.id}`), 404, 'chat.not_found');
        expect((await mine(person)).items.map(({ id }) => id)).not.toContain(chat.id);
      }
    });
  });

  test('a group has at most 100 members, also when two admins add at once', async () => {
    const people = await newPeople(server, MEMBERS_MAX + 1);
    const [first, second, ...others] = people as [Person, Person, ...Person[]];
    const tooMany = people.slice(1).map(({ id }) => id);
    const refused = await create(first, { chat_type: 'group', name: 'x', participant_ids: tooMany });
    expectProblem(refused, 409);

    const chat = await newGroup(first, [second, ...others.slice(0, 97)]);
    expectStatus(await first.api.put(`/chats/${chat.id}/participants/${second.id}`, { is_admin: true }), 200);
    const [one, two] = others.slice(97) as [Person, Person];
    expectProblem(await add(first, chat, one, two), 409);
    const answers: Answer<Chat>[] = await Promise.all([add(first, chat, one), add(second, chat, two)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await view(first, chat)).participants).toHaveLength(MEMBERS_MAX);
    expect((await view(first, chat)).last_seq).toBe(2);
  });

  test('my chats come with the latest activity first, each with what a list shows', async () => {
    const [me, friend] = (await newPeople(server, 2)) as [Person, Person];
    const chats = [await newGroup(me, [friend], 'a'), await newGroup(me, [friend], 'b'), await directChat(me, friend)];
    const [a, b, c] = chats as [Chat, Chat, Chat];
    expect((await mine(me)).items.map(({ id }) => id)).toEqual([c.id, b.id, a.id]);

    const hello = await send(friend, a, 'hello');
    const page = await mine(me);
    expect(page).toMatchObject({ total: 3, page: 1, limit: 20, pages: 1 });
    expect(page.items.map(({ id }) => id)).toEqual([a.id, c.id, b.id]);
    expect(page.items[0]).toMatchObject({ last_message: hello, unread_count: 1, last_seq: 1, name: 'a' });
    expect(page.items[1]).toMatchObject({ last_message: null, unread_count: 0, last_seq: 0 });
    expect((await mine(friend)).items[0]).toMatchObject({ id: a.id, unread_count: 0 });

    await send(friend, b, 'gone soon').then(({ id }) => friend.api.delete(`/messages/${id}`));
    const [latest] = (await mine(me, '?limit=1')).items;
    expect(latest).toMatchObject({ id: b.id, unread_count: 0, last_message: { content: '', is_deleted: true } });
    expect((await mine(me, '?limit=2&page=2')).items.map(({ id }) => id)).toEqual([c.id]);
  });

  test('pages have bounds', async () => {
    const person = await newPerson(server);
    for (const path of ['/chats/', '/users/me/sessions', '/users/search?q=a']) {
      const query = path.includes('?') ? '&' : '?';
      for (const limit of ['0', '101', '-1', 'x', '1.5', '']) {
        expectInvalid(await person.api.get(`${path}${query}limit=${limit}`), 'limit');
      }
      for (const page of ['0', '-1', 'x', '1e400', '99999999999999999999']) {
        expectInvalid(await person.api.get(`${path}${query}page=${page}`), 'page');
      }
      const beyond = expectStatus(await person.api.get<Page<unknown>>(`${path}${query}page=1000000`), 200);
      expect(beyond.items).toEqual([]);
    }
  });
});
