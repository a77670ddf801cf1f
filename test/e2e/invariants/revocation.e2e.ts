import { expectProblemBody, expectStatus } from '../../support/api';
import { newGroup, newPeople, nobody, PASSWORD, Person, secondSession, send } from '../../support/people';
import { startServer, Server } from '../../support/server';
import { closeSockets, LiveSocket, openRaw, openSocketIo, refusal } from '../../support/sockets';
import { within } from '../../support/wait';
import { Chat, Page, Session } from '../../support/wire';

const AT_ONCE_MS = 5000;

/** Invariant 8 of the design: ended means ended, within 5 seconds, and nobody else notices. */
describe('when access ends', () => {
  let server: Server;
  let admin: Person, ann: Person, annElsewhere: Person;
  let chat: Chat;
  /** Sockets of the session that ends, of another session of the same person, and of somebody else. */
  let ending: LiveSocket[], elsewhere: LiveSocket[], others: LiveSocket[];

  beforeAll(async () => {
    server = await startServer();
  });
  beforeEach(async () => {
    [admin, ann] = (await newPeople(server, 2)) as [Person, Person];
    annElsewhere = await secondSession(ann);
    chat = await newGroup(admin, [ann]);
    [ending, elsewhere, others] = [await openBoth(ann), await openBoth(annElsewhere), await openBoth(admin)];
  });
  afterEach(closeSockets);
  afterAll(() => server.stop());

  const openBoth = async (person: Person): Promise<LiveSocket[]> => [
    await openRaw(server, person, chat.id),
    await openSocketIo(server, person),
  ];

  const expectClosed = async (sockets: LiveSocket[], code: number): Promise<void> => {
    for (const socket of sockets) {
      const closing = await within(AT_ONCE_MS, socket.closed, `the ${socket.transport} to be closed`);
      if (socket.transport === 'websocket') expect(closing.code).toBe(code);
    }
  };
  const expectOpen = async (sockets: LiveSocket[]): Promise<void> => {
    for (const socket of sockets) expect((await socket.ping(chat.id)).type).toBe('pong');
  };

  test('logging out closes the sockets of that session only', async () => {
    expectStatus(await ann.api.post('/users/logout'), 204);
    await expectClosed(ending, 4401);
    await expectOpen([...elsewhere, ...others]);
    expect((await refusal(openRaw(server, ann, chat.id))).closing.code).toBe(4401);
    expectProblemBody((await refusal(openSocketIo(server, ann))).problem, 401);
  });

  test('logging out everywhere closes all of mine', async () => {
    expectStatus(await annElsewhere.api.post('/users/logout', { all: true }), 204);
    await expectClosed([...ending, ...elsewhere], 4401);
    await expectOpen(others);
  });

  test('a new password closes the other sessions; this one goes on', async () => {
    const change = { password: 'a new and better one', current_password: PASSWORD };
    expectStatus(await annElsewhere.api.put('/users/me', change), 200);
    await expectClosed(ending, 4401);
    await expectOpen([...elsewhere, ...others]);
  });

  test('ending one session from another closes it', async () => {
    const { items } = expectStatus(await annElsewhere.api.get<Page<Session>>('/users/me/sessions'), 200);
    const claims = JSON.parse(Buffer.from(ann.token.split('.')[1] ?? '', 'base64url').toString()) as { sid: string };
    const session = items.find(({ id }) => String(id) === claims.sid);
    expectStatus(await annElsewhere.api.delete(`/users/me/sessions/${session?.id}`), 204);
    await expectClosed(ending, 4401);
    await expectOpen([...elsewhere, ...others]);
  });

  test('a refresh token that comes twice closes its session', async () => {
    const refresh = () => nobody(server).post('/users/refresh', { refresh_token: ann.refreshToken });
    expectStatus(await refresh(), 200);
    await expectOpen(ending);
    expectStatus(await refresh(), 401);
    await expectClosed(ending, 4401);
    await expectOpen([...elsewhere, ...others]);
  });

  test('deleting the account closes everything of it, and the others hear that one less is there', async () => {
    expectStatus(await ann.api.delete('/users/me', { current_password: PASSWORD }), 204);
    await expectClosed([...ending, ...elsewhere], 4401);
    await expectOpen(others);
    for (const { inbox } of others) {
      expect(await inbox.waitFor('participant_removed')).toMatchObject({ chat_id: chat.id, user_id: ann.id });
    }
  });

  test.each<[string, () => Promise<unknown>]>([
    ['being removed', () => admin.api.delete(`/chats/${chat.id}/participants?user_id=${ann.id}`)],
    ['leaving', () => ann.api.delete(`/chats/${chat.id}`)],
  ])('%s closes the chat to me on every connection, and I hear nothing of it afterwards', async (_how, end) => {
    const own = await newGroup(ann, [admin]);
    const [raw, socketIo] = ending as [LiveSocket, LiveSocket];
    await end();
    await expectClosed([raw, elsewhere[0] as LiveSocket], 4404);

    const mark = socketIo.inbox.frames.length;
    const secret = await send(admin, chat, 'not for you any more');
    for (const other of others) await other.inbox.waitFor('new_message', ({ message }) => message?.id === secret.id);
    others[1]?.emit('typing', { chat_id: chat.id, content: 'start' });
    expectStatus(await admin.api.put(`/chats/${chat.id}`, { name: 'a new secret' }), 200);
    const marker = await send(admin, own, 'marker');
    const heard = await socketIo.inbox.until(mark, 'new_message', ({ message }) => message?.id === marker.id);
    const allowed = ['participant_removed', 'user_left'];
    expect(heard.filter(({ chat_id, type }) => chat_id === chat.id && !allowed.includes(type))).toEqual([]);

    const ack = await socketIo.request('message', { chat_id: chat.id, content: 'let me in' });
    expectProblemBody(ack.error, 404, 'chat.not_found');
    expect((await refusal(openRaw(server, ann, chat.id))).closing.code).toBe(4404);
    await expectOpen(others);
  });

  test('what was already on its way when access ended is not done', async () => {
    const [raw, socketIo] = ending as [LiveSocket, LiveSocket];
    const removal = admin.api.delete(`/chats/${chat.id}/participants?user_id=${ann.id}`);
    const attempts = Array.from({ length: 200 }, (_, n) =>
      (n % 2 ? raw : socketIo).request('message', { chat_id: chat.id, content: `m${n}` }).catch(() => undefined),
    );
    expectStatus(await removal, 204);
    const acks = await Promise.all(attempts);
    const removed = await others[0]?.inbox.waitFor('participant_removed');
    for (const ack of acks) {
      if (ack?.ok) expect(ack.message?.seq).toBeLessThan(removed?.seq ?? 0);
    }
  });

  test('who is let in again hears it again', async () => {
    expectStatus(await admin.api.delete(`/chats/${chat.id}/participants?user_id=${ann.id}`), 204);
    expectStatus(await admin.api.post(`/chats/${chat.id}/participants`, { user_id: ann.id }), 200);
    const { id } = await send(admin, chat, 'welcome back');
    await ending[1]?.inbox.waitFor('new_message', ({ message }) => message?.id === id);
  });
});
