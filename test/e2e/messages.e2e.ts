import { expectInvalid, expectProblem, expectStatus } from '../support/api';
import { newGroup, newPeople, Person, send } from '../support/people';
import { startServer, Server } from '../support/server';
import { Changes, Chat, Message, Page, Revision } from '../support/wire';

describe('messages', () => {
  let server: Server;
  let ann: Person, ben: Person, cem: Person;
  let chat: Chat;
  beforeAll(async () => {
    server = await startServer();
    [ann, ben, cem] = (await newPeople(server, 3)) as [Person, Person, Person];
  });
  beforeEach(async () => {
    chat = await newGroup(ann, [ben, cem]);
  });
  afterAll(() => server.stop());

  const post = (person: Person, fields: Record<string, unknown>, headers: Record<string, string> = {}) =>
    person.api.post<Message>('/messages/', { chat_id: chat.id, ...fields }, { headers });
  const history = async (query = '', person = ann) =>
    expectStatus(await person.api.get<Page<Message>>(`/messages/chat/${chat.id}${query}`), 200);
  const changes = async (query = '?after=0') =>
    expectStatus(await ann.api.get<Changes>(`/chats/${chat.id}/changes${query}`), 200);
  const seqs = ({ items }: Page<Message>) => items.map(({ seq }) => seq);

  describe('sent twice', () => {
    test('the key may come in the body, in the header or in both', async () => {
      const key = { 'idempotency-key': 'k1' };
      const first = expectStatus(await post(ann, { content: 'a', client_id: 'k1' }), 201);
      expect(expectStatus(await post(ann, { content: 'a' }, key), 200)).toEqual(first);
      expect(expectStatus(await post(ann, { content: 'a', client_id: 'k1' }, key), 200)).toEqual(first);
      expectProblem(await post(ann, { content: 'a', client_id: 'k2' }, key), 422);
      expectProblem(await post(ann, { content: 'b', client_id: 'k1' }), 409);
      expectProblem(await post(ann, { content: 'a' }, { 'idempotency-key': 'k'.repeat(65) }), 422);
      const byHeader = expectStatus(await post(ann, { content: 'h' }, { 'idempotency-key': 'k3' }), 201);
      expect(byHeader.client_id).toBe('k3');
      expect((await changes()).last_seq).toBe(2);
    });

    test('a key belongs to one sender in one chat', async () => {
      const first = expectStatus(await post(ann, { content: 'a', client_id: 'same' }), 201);
      const second = expectStatus(await post(ben, { content: 'b', client_id: 'same' }), 201);
      const elsewhere = await newGroup(ann, []);
      const third = expectStatus(await post(ann, { chat_id: elsewhere.id, content: 'c', client_id: 'same' }), 201);
      expect(new Set([first.id, second.id, third.id]).size).toBe(3);
    });

    test('keys are told apart by every character, and 64 of them are allowed', async () => {
      const keys = ['Key', 'key', 'key ', 'kéy', 'ke\u0301y', '🔑'.repeat(64)];
      for (const client_id of keys) expectStatus(await post(ann, { content: client_id, client_id }), 201);
      expectInvalid(await post(ann, { content: 'x', client_id: '🔑'.repeat(65) }), 'client_id');
      expect((await changes()).last_seq).toBe(keys.length);
    });

    test('without a key the same text is another message', async () => {
      const [one, two] = [await send(ann, chat, 'same'), await send(ann, chat, 'same')];
      expect(two.id).not.toBe(one.id);
    });

    test('a removed sender gets no replay', async () => {
      expectStatus(await post(ben, { content: 'x', client_id: 'k' }), 201);
      expectStatus(await ann.api.delete(`/chats/${chat.id}/participants?user_id=${ben.id}`), 204);
      expectProblem(await post(ben, { content: 'x', client_id: 'k' }), 404, 'chat.not_found');
    });
  });

  describe('history', () => {
    beforeEach(async () => {
      for (let n = 1; n <= 25; n++) await send(n % 2 ? ann : ben, chat, `message ${n}`);
    });

    test('starts with the newest page and goes back by page', async () => {
      const newest = await history();
      expect(newest).toMatchObject({ total: 25, page: 1, limit: 20, pages: 2 });
      expect(seqs(newest)).toEqual(Array.from({ length: 20 }, (_, n) => 25 - n));
      expect(seqs(await history('?page=2'))).toEqual([5, 4, 3, 2, 1]);
      expect(seqs(await history('?page=3'))).toEqual([]);
    });

    test('goes back by cursor until there is no more', async () => {
      const first = await history('?before=26&limit=10');
      expect(seqs(first)).toEqual([25, 24, 23, 22, 21, 20, 19, 18, 17, 16]);
      expect(first.next_before).toBe(16);
      const second = await history(`?before=${first.next_before}&limit=10`);
      const third = await history(`?before=${second.next_before}&limit=10`);
      expect(seqs(third)).toEqual([5, 4, 3, 2, 1]);
      expect(third.next_before).toBeNull();
      expect((await history('?before=11&limit=10')).next_before).toBeNull();
    });

    test('goes forward by cursor, oldest first', async () => {
      const first = await history('?after=0&limit=20');
      expect(seqs(first)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
      expect(first.next_after).toBe(20);
      const second = await history('?after=20&limit=20');
      expect(seqs(second)).toEqual([21, 22, 23, 24, 25]);
      expect(second.next_after).toBeNull();
    });

    test.each(['?limit=101', '?limit=0', '?limit=x', '?page=0', '?before=x', '?before=-1', '?after=x', '?after=1.5'])(
      '%s is refused by name of the parameter',
      async (query) => {
        const answer = await ann.api.get(`/messages/chat/${chat.id}${query}`);
        expectInvalid(answer, query.slice(1, query.indexOf('=')));
      },
    );
  });

  test('everybody sees the same history', async () => {
    await send(ann, chat, 'one');
    await send(ben, chat, 'two');
    expect(await history('', cem)).toEqual(await history('', ann));
  });

  test('an edit keeps the earlier texts, oldest first, for the members to read', async () => {
    const { id } = await send(ann, chat, 'v1');
    for (const content of ['v2', 'v3']) expectStatus(await ann.api.put(`/messages/${id}`, { content }), 200);
    const page = expectStatus(await ben.api.get<Page<Revision>>(`/messages/${id}/revisions`), 200);
    expect(page).toMatchObject({ total: 2, page: 1, limit: 20, pages: 1 });
    expect(page.items.map(({ content }) => content)).toEqual(['v1', 'v2']);
  });

  test('a deletion takes the text out of everything: history, changes, revisions and replies', async () => {
    const { id } = await send(ann, chat, 'the secret');
    expectStatus(await ann.api.put(`/messages/${id}`, { content: 'the other secret' }), 200);
    await send(ben, chat, 'a reply', { reply_to: id });
    const tombstone = expectStatus(await ann.api.delete<Message>(`/messages/${id}`), 200);
    expect(tombstone).toMatchObject({ id, seq: 1, is_deleted: true, content: '', media: [] });

    const seen = [await history(), await changes(), (await ben.api.get(`/messages/${id}/revisions`)).text];
    expect(JSON.stringify(seen)).not.toContain('secret');
    const list = await ben.api.get('/chats/');
    expect(list.text).not.toContain('secret');
  });

  test('deleting twice is deleting once', async () => {
    const { id } = await send(ann, chat, 'x');
    const first = expectStatus(await ann.api.delete<Message>(`/messages/${id}`), 200);
    expect(expectStatus(await ann.api.delete<Message>(`/messages/${id}`), 200)).toEqual(first);
    expect((await changes()).last_seq).toBe(2);
  });

  test('who writes is shown under the present name', async () => {
    const [dia] = (await newPeople(server, 1)) as [Person];
    expectStatus(await ann.api.post(`/chats/${chat.id}/participants`, { user_id: dia.id }), 200);
    await send(dia, chat, 'before');
    const username = `renamed_${Date.now()}`;
    expectStatus(await dia.api.put('/users/me', { username }), 200);
    expect((await send(dia, chat, 'after')).sender_username).toBe(username);
    expect((await history()).items.map(({ sender_username }) => sender_username)).toEqual([username, username]);
  });

  describe('changes', () => {
    test('every change has the next number, and making the chat takes none', async () => {
      const [dia] = (await newPeople(server, 1)) as [Person];
      const first = await send(ann, chat, 'one');
      expectStatus(await ann.api.put(`/messages/${first.id}`, { content: 'two' }), 200);
      expectStatus(await ann.api.post(`/chats/${chat.id}/participants`, { user_id: dia.id }), 200);
      expectStatus(await ann.api.put(`/chats/${chat.id}/participants/${dia.id}`, { is_admin: true }), 200);
      expectStatus(await ann.api.put(`/chats/${chat.id}`, { name: 'renamed' }), 200);
      expectStatus(await ann.api.delete(`/chats/${chat.id}/participants?user_id=${dia.id}`), 204);
      expectStatus(await ann.api.delete(`/messages/${first.id}`), 200);

      const feed = await changes();
      expect(feed.changes.map(({ type, seq }) => [seq, type])).toEqual([
        [1, 'new_message'],
        [2, 'message_edited'],
        [3, 'participant_added'],
        [4, 'participant_updated'],
        [5, 'chat_updated'],
        [6, 'participant_removed'],
        [7, 'message_deleted'],
      ]);
      expect(feed).toMatchObject({ last_seq: 7, more: false });
      const [made, , added, updated, renamed, removed, deleted] = feed.changes;
      expect(made).toMatchObject({ chat_id: chat.id, message: { id: first.id, is_deleted: true, content: '' } });
      expect(added).toMatchObject({ participant: { user_id: dia.id, username: dia.username } });
      expect(updated).toMatchObject({ participant: { user_id: dia.id, is_admin: true } });
      expect(renamed).toMatchObject({ chat: { id: chat.id, name: 'renamed' } });
      expect(removed).toMatchObject({ user_id: dia.id });
      expect(deleted).toMatchObject({ message: { id: first.id, is_deleted: true, content: '' } });
    });

    test('what changes nothing takes no number', async () => {
      await send(ann, chat, 'one');
      expectStatus(await ann.api.put(`/chats/${chat.id}/participants/${ben.id}`, { is_admin: false }), 200);
      expectStatus(await ann.api.post(`/chats/${chat.id}/read`, { seq: 1 }), 200);
      expect((await changes()).last_seq).toBe(1);
    });

    test('they come in pages, each going on where the last one ended', async () => {
      for (let n = 1; n <= 7; n++) await send(ann, chat, `m${n}`);
      const page = await changes('?after=2&limit=3');
      expect(page.changes.map(({ seq }) => seq)).toEqual([3, 4, 5]);
      expect(page).toMatchObject({ last_seq: 7, more: true });
      const last = await changes('?after=5&limit=2');
      expect(last.changes.map(({ seq }) => seq)).toEqual([6, 7]);
      expect(last.more).toBe(false);
      expect(await changes('?after=7')).toEqual({ changes: [], last_seq: 7, more: false });
      expect(await changes('?after=1000')).toEqual({ changes: [], last_seq: 7, more: false });
      for (const [query, path] of [
        ['?after=x', 'after'],
        ['?after=0&limit=101', 'limit'],
        ['?after=-1', 'after'],
      ]) {
        expectInvalid(await ann.api.get(`/chats/${chat.id}/changes${query}`), path ?? '');
      }
    });

    test('a hundred people who write at once leave no gap', async () => {
      const writers = [ann, ben, cem];
      await Promise.all(Array.from({ length: 120 }, (_, n) => send(writers[n % 3] ?? ann, chat, `m${n}`)));
      const first = await changes('?after=0&limit=100');
      const second = await changes('?after=100&limit=100');
      const all = [...first.changes, ...second.changes];
      expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 120 }, (_, n) => n + 1));
      expect(new Set(all.map(({ message }) => message?.id)).size).toBe(120);
    });
  });

  test('a read position answers where it stands', async () => {
    for (const content of ['one', 'two', 'three']) await send(ben, chat, content);
    const read = async (seq: number) =>
      expectStatus(await ann.api.post<unknown>(`/chats/${chat.id}/read`, { seq }), 200);
    expect(await read(2)).toEqual({ chat_id: chat.id, seq: 2, unread_count: 1 });
    expect(await read(1)).toEqual({ chat_id: chat.id, seq: 2, unread_count: 1 });
    expect(await read(99)).toEqual({ chat_id: chat.id, seq: 3, unread_count: 0 });
    for (const seq of [-1, 1.5, '2', null]) {
      expectInvalid(await ann.api.post(`/chats/${chat.id}/read`, { seq }), 'seq');
    }
  });

  test('what I wrote and what was deleted is not unread', async () => {
    await send(ann, chat, 'mine');
    const gone = await send(ben, chat, 'gone');
    await send(ben, chat, 'there');
    expectStatus(await ben.api.delete(`/messages/${gone.id}`), 200);
    const state = expectStatus(await ann.api.post<unknown>(`/chats/${chat.id}/read`, { seq: 0 }), 200);
    expect(state).toEqual({ chat_id: chat.id, seq: 0, unread_count: 1 });
  });
});
