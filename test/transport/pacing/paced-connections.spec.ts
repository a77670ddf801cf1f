import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { ServiceBusy } from '@app/platform';
import type { Pace } from '../../../apps/server/src/transport/pacing/pace';
import { PacedConnections } from '../../../apps/server/src/transport/pacing/paced-connections';

/** More than a stream keeps of what nobody takes. */
const LONG = 1_000_000;
const HEADERS_TIMEOUT_MS = 100;

describe('a connection', () => {
  let server: Server;
  let connections: PacedConnections;
  let isFull: boolean;
  let served: number;
  /** What waits. */
  let turns: (() => void)[];
  let waiting: Socket[];
  let opened: Socket[];
  const pace = {
    enter: (_kind: string, client: Socket, begin: () => void) => {
      waiting.push(client);
      if (isFull) throw new ServiceBusy('On purpose.');
      turns.push(begin);
    },
  } as Pick<Pace, 'enter'> as Pace;

  beforeEach(async () => {
    [isFull, served, turns, waiting, opened] = [false, 0, [], [], []];
    server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS }, (request, response) => {
      served++;
      void text(request).then((body) => response.end(`served ${body.length}`));
    });
    connections = new PacedConnections(pace);
    connections.watch(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    for (const socket of opened) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Resolves when the server has accepted it. */
  const open = async (options?: { allowHalfOpen: boolean }): Promise<{ client: Socket; accepted: Socket }> => {
    const accepting = once(server, 'connection') as Promise<[Socket]>;
    const client = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', ...options });
    client.on('error', () => undefined);
    const [accepted] = await accepting;
    opened.push(client, accepted);
    // Else nothing would tell of its end.
    client.resume();
    return { client, accepted };
  };
  /** Resolves when the server has heard of it. */
  const ask = async (bytes = 1): Promise<{ client: Socket; answered: Promise<string> }> => {
    const { client, accepted } = await open();
    const heard = once(accepted, 'readable');
    client.write(`POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${bytes}\r\n\r\n`);
    client.write('x'.repeat(bytes));
    const answered = text(client);
    answered.catch(() => undefined);
    await heard;
    return { client, answered };
  };

  it('is not served before its turn, and then with nothing lost that was sent meanwhile', async () => {
    const asked = [await ask(), await ask(LONG)];
    // An exchange with somebody else: what was to come of the requests has come.
    const { client } = await open();
    client.destroy();
    expect([turns.length, served]).toEqual([2, 0]);
    for (const begin of turns) begin();
    const [short = '', long = ''] = await Promise.all(asked.map(({ answered }) => answered));
    expect(short).toMatch(/^HTTP\/1\.1 200 OK[^]*served 1$/);
    expect(long).toMatch(/^HTTP\/1\.1 200 OK[^]*served 1000000$/);
  });

  it('has no turn before it says something', async () => {
    await open();
    await ask();
    expect(turns).toHaveLength(1);
  });

  it('is closed at once when its client ends it and has said nothing', async () => {
    server.headersTimeout = 60_000;
    const { client, accepted } = await open({ allowHalfOpen: true });
    const closed = once(accepted, 'close');
    client.end();
    await closed;
    expect(turns).toEqual([]);
  });

  it('is closed when it says nothing for as long as a request may take to begin', async () => {
    const { client } = await open();
    await once(client, 'close');
    expect(turns).toEqual([]);
  });

  it('is not closed for that once it has said something', async () => {
    const { client, answered } = await ask();
    const { client: silent } = await open();
    await once(silent, 'close');
    expect(client.closed).toBe(false);
    for (const begin of turns) begin();
    expect(await answered).toContain('served');
  });

  it('is closed when the server ends and it has said nothing', async () => {
    server.headersTimeout = 60_000;
    const { client } = await open();
    const closed = once(client, 'close');
    await connections.drain();
    await closed;
    expect(turns).toEqual([]);
  });

  it('has its turn before the server ends when it has said something, even if that was not read yet', async () => {
    const heard = await ask();
    const { client } = await open();
    client.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    let isDrained = false;
    const drained = connections.drain().then(() => (isDrained = true));
    while (turns.length < 2) await setImmediate();
    expect(isDrained).toBe(false);
    for (const begin of turns) begin();
    await drained;
    expect(await heard.answered).toContain('served 1');
    await once(client, 'close');
    expect(served).toBe(2);
  });

  it('takes nobody along when its client resets it while it waits, or before it says anything', async () => {
    const { client } = await ask();
    const [waiter] = waiting;
    const { client: silent, accepted } = await open();
    for (const socket of [waiter, accepted]) {
      // In Jest an error that nobody listens for ends nothing; outside it ends the process.
      expect(socket?.listenerCount('error')).toBe(1);
    }
    const ended = Promise.all(
      [waiter, accepted].map((socket) => once(socket as Socket, 'close').catch(() => undefined)),
    );
    client.resetAndDestroy();
    silent.resetAndDestroy();
    await ended;
    expect(served).toBe(0);
  });

  it('is closed when too many wait', async () => {
    isFull = true;
    const { answered } = await ask();
    expect(await answered.catch(() => '')).toBe('');
    expect([served, turns]).toEqual([0, []]);
  });
});
