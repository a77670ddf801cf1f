import { Api, expectProblemBody, expectStatus } from '../support/api';
import { expectRefusal } from '../support/refusal';
import { operationsOf, readOpenApi } from '../support/openapi';
import { newGroup, newPeople, Person, secondSession, send } from '../support/people';
import { startServer, Server } from '../support/server';
import { closeSockets, openRaw, openSocketIo, refusal, SOCKETS } from '../support/sockets';
import { beginUpload } from '../support/resumable';
import { picture, TestFile, upload } from '../support/uploads';
import { Changes, Chat, Page, Session } from '../support/wire';
import type { Target } from './who-may-not.rules';
import { EVENTS, OPERATIONS } from './who-may-not.table';

const SECRET = 'what only members may read';
const NOWHERE = 999_999_999;

/**
 * Every operation and every event, tried as nobody, as a stranger, as a former member and as a member who is no admin.
 * Whoever adds one has to say in the table what becomes of them.
 */
describe('who may not', () => {
  let server: Server;
  let admin: Person, member: Person, former: Person, stranger: Person;
  let target: Target;
  let view: TestFile;
  let uploadId: string;
  beforeAll(async () => {
    server = await startServer();
    view = await picture(`${SECRET}.jpg`);
    [admin, member, former, stranger] = (await newPeople(server, 4)) as [Person, Person, Person, Person];
    uploadId = await beginUpload(admin, view);
  });
  beforeEach(async () => {
    const chat = await newGroup(admin, [member, former], SECRET);
    const media = await upload(admin, view);
    const message = await send(admin, chat, SECRET, { media_ids: [media.id] });
    expectStatus(await admin.api.delete(`/chats/${chat.id}/participants?user_id=${former.id}`), 204);
    const sessions = expectStatus(await admin.api.get<Page<Session>>('/users/me/sessions'), 200);
    target = {
      chatId: chat.id,
      messageId: message.id,
      mediaId: media.id,
      uploadId,
      adminId: admin.id,
      formerId: former.id,
      sessionId: sessions.items[0]?.id ?? '',
    };
  });
  afterEach(closeSockets);
  afterAll(() => server.stop());

  /** Everything about the chat that an outsider could have changed. */
  const state = async () => ({
    chat: expectStatus(await admin.api.get<Chat>(`/chats/${target.chatId}`), 200),
    changes: expectStatus(await admin.api.get<Changes>(`/chats/${target.chatId}/changes?after=0`), 200),
    upload: expectStatus(await admin.api.get(`/media/resumable/${target.uploadId}`), 200),
    online: expectStatus(await admin.api.get(`/ws/chat/${target.chatId}/online`), 200),
  });
  const nowhere = (): Target => ({
    ...target,
    chatId: NOWHERE,
    messageId: NOWHERE,
    mediaId: NOWHERE,
    uploadId: NOWHERE,
    sessionId: NOWHERE,
  });
  const withoutIds = (text: string) => text.replace(/\d{2,}|\b\d\b/g, '#');

  test('the table has every operation of the documentation, and no other', async () => {
    const documented = operationsOf(await readOpenApi(server)).map(({ name }) => name);
    const pages = ['GET /docs', 'GET /redoc', 'GET /openapi.json'];
    const operations = documented.filter((name) => !pages.includes(name)).sort();
    expect(operations.filter((name) => !(name in OPERATIONS))).toEqual([]);
    const system = ['GET /', 'GET /metrics', 'GET /health', 'GET /health/live'];
    expect(Object.keys(OPERATIONS).filter((name) => !operations.includes(name) && !system.includes(name))).toEqual([]);
  });

  test('the table has every event that the server knows, and no other', async () => {
    const socket = await openRaw(server, member, target.chatId);
    socket.emit('explode', {});
    const { error } = await socket.inbox.waitFor('error');
    const known = /one of (.*)\.$/.exec(error?.detail ?? '')?.[1]?.split(', ');
    expect(known?.sort()).toEqual(Object.keys(EVENTS).sort());
  });

  describe.each(Object.entries(OPERATIONS))('%s', (_name, rule) => {
    if (rule.nobody === 'open') {
      test('is open to everybody', async () => {
        const answer = await rule.call(new Api(() => server.url), target);
        expect(answer.status).not.toBe(401);
        expect(answer.status).toBeLessThan(500);
      });
      return;
    }

    test('nobody may', async () => {
      const before = await state();
      for (const token of [undefined, 'made-up', `${stranger.token}x`]) {
        const answer = await rule.call(new Api(() => server.url, token), target);
        expectRefusal(answer, 401);
        expect(answer.text).not.toContain(SECRET);
      }
      expect(await state()).toEqual(before);
    });

    test.each([
      ['a stranger', () => stranger, rule.stranger],
      ['a former member', () => former, rule.former],
      ['a member who is no admin', () => member, rule.member],
    ])('%s gets what the table says', async (_who, person, status) => {
      const { api } = await secondSession(person());
      const before = await state();
      const answer = await rule.call(api, target);
      expectStatus(answer, status);
      if (status < 400) return;
      const refusal = expectRefusal(answer, status);
      expect(answer.text).not.toContain(SECRET);
      expect(await state()).toEqual(before);
      if (status !== 404) return;
      const missing = expectRefusal(await rule.call(api, nowhere()), 404);
      expect(withoutIds(refusal)).toBe(withoutIds(missing));
    });
  });

  describe.each(Object.entries(EVENTS))('the event %s', (event, rule) => {
    test.each(SOCKETS)('is for nobody without a token, through %s', async (_transport, open) => {
      const before = await state();
      const { closing, problem } = await refusal(open(server, {}, target.chatId));
      if (closing.code === undefined) expectProblemBody(problem, 401);
      else expect(closing.code).toBe(4401);
      expect(await state()).toEqual(before);
    });

    test.each([
      ['a stranger', () => stranger],
      ['a former member', () => former],
    ])('%s learns nothing by it and changes nothing', async (_who, person) => {
      expect((await refusal(openRaw(server, person(), target.chatId))).closing.code).toBe(4404);
      const own = await newGroup(person(), []);
      const before = await state();
      for (const [transport, open] of SOCKETS) {
        const socket = await open(server, person(), own.id);
        if (rule.member === undefined) {
          socket.emit(event, rule.payload(target));
        } else {
          const ack = await socket.request(event, rule.payload(target));
          const missing = await socket.request(event, rule.payload(nowhere()));
          expect([transport, ack.ok]).toEqual([transport, false]);
          if (transport === 'Socket.IO') expectProblemBody(ack.error, 404);
          expect(withoutIds(JSON.stringify(ack.error))).toBe(withoutIds(JSON.stringify(missing.error)));
          expect(JSON.stringify(socket.inbox.frames)).not.toContain(SECRET);
        }
        expect((await socket.ping(own.id)).type).toBe('pong');
      }
      expect(await state()).toEqual(before);
    });

    test.each(SOCKETS)('a member who is no admin gets what the table says, through %s', async (_transport, open) => {
      const socket = await open(server, member, target.chatId);
      if (rule.member === undefined) {
        socket.emit(event, rule.payload(target));
        expect((await openSocketIo(server, member)).connected.user_id).toBe(member.id);
        return;
      }
      const ack = await socket.request(event, rule.payload(target));
      expect(ack.ok).toBe(rule.member === 200);
      if (!ack.ok) expectProblemBody(ack.error, rule.member);
    });
  });
});
