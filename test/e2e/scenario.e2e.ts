import { expectStatus } from '../support/api';
import { done, Door, DOORS, refused, restDoor } from '../support/doors';
import { anyOf, having, matching } from '../support/matchers';
import { directChat, newGroup, newPeople, Person, send } from '../support/people';
import { startServer, Server } from '../support/server';
import { closeSockets, openRaw } from '../support/sockets';
import { Changes, Chat, ListedChat, Message, Page, TIMESTAMP } from '../support/wire';

/** One conversation through every way in: a difference in verdict is a failing test. */
describe.each(DOORS)('a conversation through %s', (_name, openDoor) => {
  let server: Server;
  let admin: Person, author: Person, other: Person, stranger: Person;
  let chat: Chat, elsewhere: Chat;
  let door: Door;

  beforeAll(async () => {
    server = await startServer();
    [admin, author, other, stranger] = (await newPeople(server, 4)) as [Person, Person, Person, Person];
  });
  beforeEach(async () => {
    chat = await newGroup(admin, [author, other]);
    elsewhere = await newGroup(stranger, []);
    door = await openDoor(author, chat.id);
  });
  afterEach(closeSockets);
  afterAll(() => server.stop());

  const history = async () => expectStatus(await author.api.get<Page<Message>>(`/messages/chat/${chat.id}`), 200).items;
  const changes = async () => expectStatus(await author.api.get<Changes>(`/chats/${chat.id}/changes?after=0`), 200);

  test('a message is acknowledged with everything about it and stands in the history so', async () => {
    const sent = done(await door.send({ chat_id: chat.id, content: 'سلام 👋', client_id: 'c-1' }));
    expect(sent).toEqual({
      id: anyOf(Number),
      chat_id: chat.id,
      seq: 1,
      sender_id: author.id,
      sender_username: author.username,
      content: 'سلام 👋',
      timestamp: matching(TIMESTAMP),
      message_type: 'text',
      is_edited: false,
      is_deleted: false,
      edited_at: null,
      client_id: 'c-1',
      reply_to: null,
      media: [],
    });
    expect(await history()).toEqual([sent]);
  });

  test('a retry gets the first message back, and another text under the same key is a conflict', async () => {
    const first = done(await door.send({ chat_id: chat.id, content: 'once', client_id: 'key' }));
    expect(done(await door.send({ chat_id: chat.id, content: 'once', client_id: 'key' }))).toEqual(first);
    refused(await door.send({ chat_id: chat.id, content: 'twice', client_id: 'key' }), 409);

    const edited = done(await door.edit(first.id, { content: 'edited' }));
    expect(done(await door.send({ chat_id: chat.id, content: 'once', client_id: 'key' }))).toEqual(edited);
    refused(await door.send({ chat_id: chat.id, content: 'edited', client_id: 'key' }), 409);

    const tombstone = done(await door.delete(first.id));
    expect(done(await door.send({ chat_id: chat.id, content: 'once', client_id: 'key' }))).toEqual(tombstone);
    expect((await changes()).last_seq).toBe(3);
  });

  test('an edit changes the text, keeps the place and says so', async () => {
    const sent = done(await door.send({ chat_id: chat.id, content: 'first' }));
    const edited = done(await door.edit(sent.id, { content: 'second' }));
    expect(edited).toEqual({
      ...sent,
      content: 'second',
      is_edited: true,
      edited_at: matching(TIMESTAMP),
    });
    expect(await history()).toEqual([edited]);
  });

  test('a deletion leaves a tombstone that can not be edited', async () => {
    const sent = done(await door.send({ chat_id: chat.id, content: 'a secret' }));
    const tombstone = done(await door.delete(sent.id));
    expect(tombstone).toMatchObject({ id: sent.id, seq: sent.seq, is_deleted: true, content: '', media: [] });
    refused(await door.edit(sent.id, { content: 'again' }), 409);
    expect(await history()).toEqual([tombstone]);
    expect(JSON.stringify(await changes())).not.toContain('a secret');
  });

  test('a reply names a message of the same chat', async () => {
    const question = done(await door.send({ chat_id: chat.id, content: 'why?' }));
    const answer = done(await door.send({ chat_id: chat.id, content: 'because', reply_to: question.id }));
    expect(answer.reply_to).toBe(question.id);

    const foreign = await send(stranger, elsewhere, 'not here');
    for (const reply_to of [foreign.id, 999_999_999]) {
      const problem = refused(await door.send({ chat_id: chat.id, content: 'to whom?', reply_to }), 422);
      expect(problem.errors).toEqual([having({ path: 'reply_to' })]);
    }
  });

  test('reading moves forward only, and counts what others wrote after it', async () => {
    for (const content of ['one', 'two', 'three']) await send(other, chat, content);
    const unread = async () => {
      const { items } = expectStatus(await author.api.get<Page<ListedChat>>('/chats/'), 200);
      return items.find(({ id }) => id === chat.id)?.unread_count;
    };
    expect(await unread()).toBe(3);
    expect((await door.read(chat.id, 2)).ok).toBe(true);
    expect(await unread()).toBe(1);
    expect((await door.read(chat.id, 1)).ok).toBe(true);
    expect(await unread()).toBe(1);
    expect((await door.read(chat.id, 1_000_000)).ok).toBe(true);
    expect(await unread()).toBe(0);
    await send(other, chat, 'four');
    expect(await unread()).toBe(1);
    expect((await changes()).last_seq).toBe(4);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['a text that is too long', { content: 'é'.repeat(10_001) }, 'content'],
    ['an empty text', { content: '' }, 'content'],
    ['white space', { content: ' \t\n\u00a0\u3000' }, 'content'],
    ['invisible characters', { content: '\u200b\u200c\u2060\ufeff' }, 'content'],
    ['NUL', { content: 'a\0b' }, 'content'],
    ['half a surrogate pair', { content: 'a\ud83d' }, 'content'],
    ['a text that is a number', { content: 5 }, 'content'],
    ['a text that is a list', { content: ['a'] }, 'content'],
    ['no text', {}, 'content'],
    ['a field that is not known', { content: 'a', colour: 'red' }, 'colour'],
    ['a key that is too long', { content: 'a', client_id: 'k'.repeat(65) }, 'client_id'],
    ['a key that is a number', { content: 'a', client_id: 7 }, 'client_id'],
    ['a reply to no id', { content: 'a', reply_to: 'one' }, 'reply_to'],
    ['media that is not there', { content: 'a', media_ids: [1] }, 'media_ids'],
  ])('%s is refused in the same words as by REST, and nothing is stored', async (_what, fields, path) => {
    const verdict = await door.send({ chat_id: chat.id, ...fields });
    const problem = refused(verdict, 422);
    expect(problem.errors?.[0]?.path.split('.')[0]).toBe(path);
    expect(verdict).toEqual(await restDoor(author).send({ chat_id: chat.id, ...fields }));
    expect((await changes()).last_seq).toBe(0);
  });

  test('the longest text is kept whole, counted in code points', async () => {
    const content = '👩🏽‍🚀'.repeat(2_500);
    expect([...content]).toHaveLength(10_000);
    expect(done(await door.send({ chat_id: chat.id, content })).content).toBe(content);
    expect((await history())[0]?.content).toBe(content);
  });

  test('an edit is held to the same rules as a message', async () => {
    const { id } = done(await door.send({ chat_id: chat.id, content: 'good' }));
    for (const fields of [{ content: ' ' }, { content: 'é'.repeat(10_001) }, { content: 'a\0' }, {}, { text: 'a' }]) {
      const verdict = await door.edit(id, fields);
      refused(verdict, 422);
      expect(verdict).toEqual(await restDoor(author).edit(id, fields));
    }
    expect((await history())[0]).toMatchObject({ content: 'good', is_edited: false });
  });

  test("somebody else's message is not to be edited, and deleted by an admin only", async () => {
    const theirs = await send(other, chat, 'mine');
    for (const attempt of ['edit', 'delete'] as const) {
      const verdict = await door[attempt](theirs.id, { content: 'yours' });
      refused(verdict, 403);
      expect(verdict).toEqual(await restDoor(author)[attempt](theirs.id, { content: 'yours' }));
    }
    const adminDoor = await openDoor(admin, chat.id);
    refused(await adminDoor.edit(theirs.id, { content: 'yours' }), 403);
    expect(done(await adminDoor.delete(theirs.id)).is_deleted).toBe(true);
  });

  test('in a direct chat nobody deletes what the other wrote', async () => {
    const direct = await directChat(author, other);
    const theirs = await send(other, direct, 'mine');
    const directDoor = await openDoor(author, direct.id);
    refused(await directDoor.delete(theirs.id), 403);
  });

  test('what is not there can not be told from what is not yours', async () => {
    const hidden = await send(stranger, elsewhere, 'hidden');
    const missing = 999_999_999;
    for (const messageId of [hidden.id, missing]) {
      for (const attempt of ['edit', 'delete'] as const) {
        const problem = refused(await door[attempt](messageId, { content: 'x' }), 404);
        expect(problem.detail).not.toContain('hidden');
        expect(problem).toEqual(refused(await door[attempt](missing, { content: 'x' }), 404));
      }
    }
  });

  test('who is no member is kept out', async () => {
    const outside = await openDoor(author, chat.id);
    if (_name === 'raw WebSocket') {
      await expect(openRaw(server, author, elsewhere.id)).rejects.toMatchObject({ closing: { code: 4404 } });
      for (const verdict of [
        await outside.send({ chat_id: elsewhere.id, content: 'x' }),
        await outside.read(elsewhere.id, 1),
      ]) {
        expect(verdict.ok).toBe(false);
      }
      return;
    }
    for (const chatId of [elsewhere.id, 999_999_999]) {
      const verdict = await outside.send({ chat_id: chatId, content: 'x' });
      expect(refused(verdict, 404).code).toBe('chat.not_found');
      expect(refused(await outside.read(chatId, 1), 404).code).toBe('chat.not_found');
    }
  });
});
