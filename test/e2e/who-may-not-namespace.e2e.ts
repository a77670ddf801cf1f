import { expectStatus } from '../support/api';
import { closeNamespaces, openNamespace } from '../support/chatroom-socket';
import { newGroup, newPeople, Person, send } from '../support/people';
import { startServer, Server } from '../support/server';
import type { Changes } from '../support/wire';
import { NAMESPACE_EVENTS } from './who-may-not.namespace';
import type { Target } from './who-may-not.rules';

const SECRET = 'what only members may hear';
const NOWHERE = 999_999_999;

/** Every event of the default namespace, tried as nobody, as a stranger, as a former member and as a member. */
describe('who may not, in the default namespace', () => {
  let server: Server;
  let admin: Person, member: Person, former: Person, stranger: Person;
  let target: Target;
  beforeAll(async () => {
    server = await startServer();
    [admin, member, former, stranger] = (await newPeople(server, 4)) as [Person, Person, Person, Person];
    const chat = await newGroup(admin, [member, former], SECRET);
    const message = await send(admin, chat, SECRET);
    expectStatus(await admin.api.delete(`/chats/${chat.id}/participants?user_id=${former.id}`), 204);
    target = {
      chatId: chat.id,
      messageId: message.id,
      mediaId: NOWHERE,
      uploadId: NOWHERE,
      adminId: admin.id,
      formerId: former.id,
      sessionId: '',
    };
  });
  afterEach(closeNamespaces);
  afterAll(() => server.stop());

  const changes = async () =>
    expectStatus(await admin.api.get<Changes>(`/chats/${target.chatId}/changes?after=0`), 200);

  test('the table has every event that the server knows, and no other', async () => {
    const socket = await openNamespace(server, member.token);
    const { message } = await socket.ask<{ message: string }>('explode');
    const known = /one of (.*)\.$/.exec(message)?.[1]?.split(', ');
    expect(known?.sort()).toEqual(Object.keys(NAMESPACE_EVENTS).sort());
  });

  test('nobody may, without a token', async () => {
    await expect(openNamespace(server, undefined)).rejects.toThrow();
  });

  describe.each(Object.entries(NAMESPACE_EVENTS))('%s', (event, rule) => {
    test.each([
      ['a stranger', () => stranger],
      ['a former member', () => former],
    ])('tells %s nothing, and changes nothing', async (_who, person) => {
      const before = await changes();
      const [heard, socket] = [await openNamespace(server, admin.token), await openNamespace(server, person().token)];
      await heard.ask('joinRoom', { chatroomId: String(target.chatId) });
      heard.clear();
      const answer = await socket.ask(event, rule.payload(target));
      const missing = await socket.ask(event, rule.payload({ ...target, chatId: NOWHERE, messageId: NOWHERE }));
      expect(answer.ok).toBe(rule.strangers);
      const withoutIds = (shown: unknown) => JSON.stringify(shown).replace(/\d+/g, '#');
      expect(withoutIds(answer)).toBe(withoutIds(missing));
      await send(admin, { id: target.chatId }, SECRET);
      await socket.settle();
      expect(JSON.stringify(socket.heard)).not.toContain(SECRET);
      await heard.waitFor('newMessage');
      expect(heard.heard).toHaveLength(1);
      expect((await changes()).last_seq).toBe(before.last_seq + 1);
    });

    test('is for members', async () => {
      const socket = await openNamespace(server, member.token);
      // Some answer with what was asked for, others say that it was done.
      expect((await socket.ask(event, rule.payload(target))).ok).not.toBe(false);
    });
  });
});
