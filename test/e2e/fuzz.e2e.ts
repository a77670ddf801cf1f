import fc from 'fast-check';
import { Answer, expectStatus, request } from '../support/api';
import { anyValue, hostileString, nearly, nearlyText } from '../support/hostile';
import { NamedOperation, operationsOf, readOpenApi } from '../support/openapi';
import { newGroup, newPerson, PASSWORD, Person, send, uniqueName } from '../support/people';
import { openRaw, RawSocket } from '../support/raw-socket';
import { startServer, Server } from '../support/server';
import { openSocketIo, SocketIoSocket } from '../support/socket-io-socket';
import { expectFailure } from '../support/refusal';
import { closeSockets } from '../support/sockets';
import { Frame } from '../support/wire';
import { EVENTS } from './who-may-not.table';

/** In all; a failure prints its seed, and `FUZZ_SEED` repeats it. */
const CASES = Number(process.env.FUZZ_CASES ?? 5500);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const REST_SHARE = 0.5;
const OPERATIONS_AT_ONCE = 4;

/** Somebody who is fuzzing, and what there is to be hit. */
interface World {
  person: Person;
  chatId: number;
  messageId: number;
}

type Payload = (world: World) => Record<string, unknown>;

/** Bodies that would be valid, from which the mutations start. */
const BODIES: Record<string, Payload> = {
  'POST /api/v1/users/register': () => account(),
  'POST /api/v1/users/login': ({ person }) => ({ username: person.username, password: PASSWORD }),
  'POST /api/v1/users/refresh': ({ person }) => ({ refresh_token: person.refreshToken }),
  'POST /api/v1/users/logout': () => ({ all: false }),
  'PUT /api/v1/users/me': () => ({ ...account(), current_password: PASSWORD }),
  'DELETE /api/v1/users/me': () => ({ current_password: PASSWORD }),
  'POST /api/v1/chats': ({ person }) => ({ chat_type: 'group', name: 'x', participant_ids: [person.id] }),
  'PUT /api/v1/chats/{}': () => ({ name: 'x' }),
  'POST /api/v1/chats/{}/participants': ({ person }) => ({ user_ids: [person.id], user_id: person.id }),
  'DELETE /api/v1/chats/{}/participants': ({ person }) => ({ user_id: person.id }),
  'PUT /api/v1/chats/{}/participants/{}': () => ({ is_admin: true }),
  'POST /api/v1/chats/{}/read': () => ({ seq: 1 }),
  'POST /api/v1/messages': ({ chatId, messageId }) => ({
    chat_id: chatId,
    content: 'x',
    message_type: 'text',
    client_id: 'k',
    reply_to: messageId,
    media_ids: [],
  }),
  'PUT /api/v1/messages/{}': () => ({ content: 'y' }),
};

function account(): Record<string, unknown> {
  const username = uniqueName('fuzz');
  return { username, email: `${username}@example.org`, password: PASSWORD, full_name: 'Fuzz' };
}

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
beforeEach(() => {
  server.logs.errors.length = 0;
});
afterEach(closeSockets);
afterAll(() => server.stop());

async function newWorld(): Promise<World> {
  const person = await newPerson(server);
  const chat = await newGroup(person, []);
  const message = await send(person, chat, 'x');
  return { person, chatId: chat.id, messageId: message.id };
}

function expectNoFailure(status: number | undefined, body: unknown, what: string): void {
  if (status === undefined || status >= 500) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
}

async function expectStillServing(): Promise<void> {
  expect(server.logs.errors).toEqual([]);
  expectStatus(await request('GET', `${server.url}/health`), 200);
  const { person, chatId } = await newWorld();
  expect((await (await openRaw(server, person, chatId)).ping(chatId)).type).toBe('pong');
}

describe('anything at all', () => {
  test(`by REST, against every operation of the documentation (seed ${SEED})`, async () => {
    const operations = operationsOf(await readOpenApi(server));
    const numRuns = Math.ceil((CASES * REST_SHARE) / operations.length);
    const undocumented = new Set<string>();
    const queue = [...operations];
    const worker = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await fuzzOperation(next, numRuns, undocumented);
    };
    await Promise.all(Array.from({ length: OPERATIONS_AT_ONCE }, worker));
    await expectStillServing();
    expect([...undocumented].sort()).toEqual([]);
  }, 180_000);

  test(`through the raw WebSocket, as every type of frame (seed ${SEED})`, async () => {
    const world = await newWorld();
    let socket: RawSocket | undefined;
    const frame = fc.oneof(
      { arbitrary: fc.oneof(...Object.keys(EVENTS).map((type) => nearly(payloadOf(type, world)))), weight: 4 },
      { arbitrary: anyValue, weight: 1 },
    );
    const property = fc.asyncProperty(nearlyText(frame), fc.boolean(), async (text, isBinary) => {
      socket ??= await openRaw(server, world.person, world.chatId);
      socket.sendText(isBinary && text.length % 7 === 0 ? new TextEncoder().encode(text) : text);
      await answered(socket, world);
    });
    await fc.assert(property, { numRuns: (CASES * (1 - REST_SHARE)) / 2, seed: SEED });
    await expectStillServing();
  }, 180_000);

  test(`through Socket.IO, as every event (seed ${SEED})`, async () => {
    const world = await newWorld();
    let socket: SocketIoSocket | undefined;
    const known = fc
      .constantFrom(...Object.keys(EVENTS))
      .chain((event) =>
        fc.tuple(
          fc.constant(event),
          fc.oneof(
            { arbitrary: nearly(payloadOf(event, world)).map((payload) => [payload]), weight: 4 },
            { arbitrary: fc.array(anyValue, { maxLength: 3 }), weight: 1 },
          ),
        ),
      );
    const unknown = fc.tuple(hostileString, fc.array(anyValue, { maxLength: 3 }));
    const cases = fc.oneof({ arbitrary: known, weight: 8 }, { arbitrary: unknown, weight: 1 });
    const property = fc.asyncProperty(cases, fc.boolean(), async ([event, payload], wantsAnswer) => {
      socket ??= await openSocketIo(server, world.person);
      const note = (answer: Frame) => expectNoFailure(answer?.error?.status ?? 200, answer, event);
      if (wantsAnswer) socket.socket.emit(event, ...payload, note);
      else socket.socket.emit(event, ...payload);
      await answered(socket, world);
    });
    await fc.assert(property, { numRuns: (CASES * (1 - REST_SHARE)) / 2, seed: SEED });
    await expectStillServing();
  }, 180_000);
});

function payloadOf(event: string, { chatId, messageId, person }: World): Record<string, unknown> {
  const ids = { adminId: person.id, formerId: person.id, sessionId: 'x', uploadId: 'x' };
  const target = { chatId, messageId, mediaId: messageId, ...ids };
  const more = { message: { client_id: 'k', reply_to: messageId, media_ids: [] } }[event] ?? {};
  return { type: event, ref: 'r', ...EVENTS[event]?.payload(target), ...more };
}

/** Frames are taken in order: when the ping is answered, all before it are under way at least. */
async function answered(socket: RawSocket | SocketIoSocket, { chatId }: World): Promise<void> {
  await socket.ping(chatId);
  for (const { error, type } of socket.inbox.frames) {
    if (error) expectNoFailure(error.status, error, type);
  }
  socket.inbox.clear();
  expect(server.logs.errors).toEqual([]);
}

async function fuzzOperation(named: NamedOperation, numRuns: number, undocumented: Set<string>): Promise<void> {
  let world = await newWorld();
  const { name, method, operation } = named;
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map((one) => one.name);
  const cases = fc.record({
    ids: fc.array(fc.option(hostileString, { freq: 3 }), { minLength: 2, maxLength: 2 }),
    query: fc.dictionary(fc.constantFrom('x', ...query), hostileString, { maxKeys: 3 }),
    body: fc.option(nearlyText(fc.oneof(nearly(BODIES[name]?.(world) ?? {}), anyValue)), { freq: 20 }),
    type: fc.option(hostileString, { freq: 10 }),
    key: fc.option(fc.string({ maxLength: 80 }), { freq: 3 }),
  });
  const property = fc.asyncProperty(cases, async (one) => {
    const url = addressOf(named, world, one);
    const takesBody = method !== 'GET' && method !== 'HEAD';
    const headers: Record<string, string> = {};
    if (takesBody && one.body !== null) headers['content-type'] = asHeader(one.type) ?? 'application/json';
    if (one.key !== null && asHeader(one.key)) headers['idempotency-key'] = asHeader(one.key) ?? '';
    const raw = takesBody ? (one.body ?? undefined) : undefined;
    const answer = await request(method, url, { token: world.person.token, raw, headers });
    expectNoFailure(answer.status, answer.text, `${method} ${url}`);
    // What HEAD is answered with has no body to tell anything in.
    if (answer.status >= 400 && method !== 'HEAD') expectFailure(answer);
    if (!isDocumented(operation, answer)) undocumented.add(`${name} answered ${answer.status}`);
    const isGone = answer.status === 401 || (method === 'DELETE' && answer.status < 300);
    if (isGone) world = await newWorld();
  });
  await fc.assert(property, { numRuns, seed: SEED });
}

/** A body that an operation does not take is refused like any other; that goes without saying in its documentation. */
function isDocumented({ responses, requestBody }: NamedOperation['operation'], { status }: Answer<unknown>): boolean {
  if (!requestBody && [400, 413, 415].includes(status)) return true;
  return String(status) in responses;
}

/** What `fetch` lets pass as the value of a header. */
function asHeader(text: string | null): string | undefined {
  return text !== null && /^[\x21-\x7e][\x20-\x7e]*$/.test(text) ? text.trim() : undefined;
}

function addressOf(
  { path }: NamedOperation,
  { person, chatId, messageId }: World,
  { ids, query }: { ids: (string | null)[]; query: Record<string, string> },
): string {
  const real: Record<string, number> = { user_id: person.id, chat_id: chatId, message_id: messageId };
  const places = [...ids];
  const filled = path.replace(/\{([^}]+)\}/g, (_all, name: string) => {
    const id = (places.shift() ?? String(real[name] ?? 1)).toWellFormed();
    return encodeURIComponent(/^\.{0,2}$/.test(id) ? 'x' : id.slice(0, 90));
  });
  const search = new URLSearchParams();
  for (const [field, value] of Object.entries(query)) search.set(field, value.slice(0, 500));
  return `${server.url}${filled}${search.size > 0 ? `?${search.toString()}` : ''}`;
}
