import { ClientRequest, IncomingMessage, request } from 'node:http';
import { once } from 'node:events';
import { allChanges, expectGapless } from '../../support/changes';
import { Door, restDoor, socketDoor } from '../../support/doors';
import { Ledger } from '../../support/ledger';
import { newGroup, newPerson, Person } from '../../support/people';
import { startServer, Server } from '../../support/server';
import { closeSockets, openRaw, openSocketIo } from '../../support/sockets';
import { signal, within } from '../../support/wait';
import { Chat } from '../../support/wire';

const STOPS_WITHIN_MS = 10_000;
const ACKS_BEFORE_STOP = 200;
const SENDS_AT_ONCE = 5;

describe('a server that is asked to stop', () => {
  let server: Server;
  let ann: Person;
  let chat: Chat;
  beforeEach(async () => {
    server = await startServer();
    ann = await newPerson(server);
    chat = await newGroup(ann, []);
  });
  afterEach(closeSockets);
  afterEach(() => server.stop());

  test('under load: says so to its sockets, ends cleanly in time and keeps what it acknowledged', async () => {
    const [raw, socketIo, listener] = [
      await openRaw(server, ann, chat.id),
      await openSocketIo(server, ann),
      await openRaw(server, ann, chat.id),
    ];
    const full = signal();
    const ledger: Ledger = new Ledger(() => ledger.acknowledged.size === ACKS_BEFORE_STOP && full.give());
    const doors: Door[] = [restDoor(ann), socketDoor(raw), socketDoor(socketIo)];
    const writers = doors.flatMap((door, writer) =>
      Array.from({ length: SENDS_AT_ONCE }, () => sendUntilRefused(ledger, door, String(writer), chat.id)),
    );
    await full.promise;
    const started = performance.now();
    const exit = await within(STOPS_WITHIN_MS, server.kill('SIGTERM'), () => `the end; ${server.logs.tail()}`);
    expect(exit).toEqual({ code: 0, signal: null });
    expect(performance.now() - started).toBeLessThan(STOPS_WITHIN_MS);
    expect((await raw.closed).code).toBe(1001);
    expect((await listener.closed).code).toBe(1001);
    await socketIo.closed;
    await Promise.all(writers);
    expect(server.logs.errors).toEqual([]);

    await server.start();
    const changes = await allChanges(ann, chat.id);
    expectGapless(changes);
    expect(ledger.compare(chat.id, changes)).toEqual([]);
  });

  test('answers a request that is under way, and takes no new one', async () => {
    const listener = await openRaw(server, ann, chat.id);
    const body = JSON.stringify({ chat_id: chat.id, content: 'just in time', client_id: 'k' });
    const sending = beginPost(`${server.url}/api/v1/messages/`, ann.token, body);
    await once(sending, 'continue'); // so the server has begun with it
    sending.write(body.slice(0, 10));
    const exit = server.kill('SIGTERM');
    expect((await listener.closed).code).toBe(1001);

    expect(await outcomeOfNewRequest(server.url)).toMatch(/^(ECONNREFUSED|ECONNRESET|503)$/);
    sending.end(body.slice(10));
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    response.resume();
    expect([201, 503]).toContain(response.statusCode);
    expect(await exit).toEqual({ code: 0, signal: null });

    await server.start();
    expect(await allChanges(ann, chat.id)).toHaveLength(response.statusCode === 201 ? 1 : 0);
  });

  test.each<[string, () => Promise<void>]>([
    ['a raw WebSocket', async () => (await openRaw(server, ann, chat.id)).pause()],
    ['a Socket.IO connection', async () => (await openSocketIo(server, ann)).pause()],
    [
      'a request',
      async () => void (await once(beginPost(`${server.url}/api/v1/messages/`, ann.token, '{}'), 'continue')),
    ],
  ])('does not wait for ever for %s whose client says nothing any more', async (_what, open) => {
    await open();
    const exit = await within(STOPS_WITHIN_MS, server.kill('SIGTERM'), 'the end');
    expect(exit).toEqual({ code: 0, signal: null });
    await server.start();
  });

  test('stops as well by SIGINT, and a second signal does no harm', async () => {
    await openRaw(server, ann, chat.id);
    const exit = server.kill('SIGINT');
    void server.kill('SIGTERM');
    expect(await within(STOPS_WITHIN_MS, exit, 'the end')).toEqual({ code: 0, signal: null });
    await server.start();
  });
});

async function sendUntilRefused(ledger: Ledger, door: Door, writer: string, chatId: number): Promise<void> {
  for (;;) {
    try {
      await ledger.send(door, ledger.next(writer, chatId));
    } catch {
      return;
    }
  }
}

/** The status, or the code of the error, that a request on a connection of its own gets. */
async function outcomeOfNewRequest(url: string): Promise<string> {
  const asking = request(`${url}/api/v1/info`, { agent: false }).end();
  try {
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    response.resume();
    return String(response.statusCode);
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

function beginPost(url: string, token: string, body: string): ClientRequest {
  const sending = request(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      expect: '100-continue',
    },
  });
  sending.on('error', () => undefined);
  sending.flushHeaders();
  return sending;
}
