import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import { ServiceBusy } from '@app/platform';
import type { Pace } from '../../../apps/server/src/transport/pacing/pace';
import { paceConnections } from '../../../apps/server/src/transport/pacing/paced-connections';

const REQUEST = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

describe('a connection that waits for its turn', () => {
  let server: Server;
  let isFull: boolean;
  let served: number;
  /** What waits. */
  let turns: (() => void)[];
  let waiting: Socket[];
  const pace = {
    enter: (_kind: string, client: Socket, begin: () => void) => {
      waiting.push(client);
      if (isFull) throw new ServiceBusy('On purpose.');
      turns.push(begin);
    },
  } as Pick<Pace, 'enter'> as Pace;

  beforeEach(async () => {
    [isFull, served, turns, waiting] = [false, 0, [], []];
    server = createServer((_request, response) => {
      served++;
      response.end('served');
    });
    paceConnections(server, pace);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    for (const socket of waiting) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Resolves when the server has accepted it. */
  const ask = async (): Promise<{ client: Socket; answered: Promise<string> }> => {
    const accepted = once(server, 'connection');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => undefined);
    client.write(REQUEST);
    const answered = client.setEncoding('utf8').reduce((text, chunk: string) => text + chunk, '');
    answered.catch(() => undefined);
    await accepted;
    return { client, answered };
  };
  const begin = () => turns.forEach((turn) => turn());

  it('is not read before, and is served then, with nothing lost that was sent meanwhile', async () => {
    const asked = [await ask(), await ask()];
    // An exchange with somebody else: what was to come of the requests has come.
    const accepted = once(server, 'connection');
    const other = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await accepted;
    other.destroy();
    expect(waiting.map(({ bytesRead }) => bytesRead)).toEqual([0, 0, 0]);
    expect(served).toBe(0);
    begin();
    for (const { answered } of asked) expect(await answered).toMatch(/^HTTP\/1\.1 200 OK[^]*served$/);
  });

  it('takes nobody along when its client resets it meanwhile', async () => {
    const { client } = await ask();
    const ended = new Promise((resolve) => waiting[0]?.once('close', resolve));
    client.resetAndDestroy();
    begin();
    await ended;
  });

  it('takes nobody along either where Node reads it at once', async () => {
    (server as { pauseOnConnect?: boolean }).pauseOnConnect = false;
    const { client } = await ask();
    const ended = new Promise((resolve) => waiting[0]?.once('close', resolve));
    const [waiter] = waiting;
    // In Jest an error that nobody listens for ends nothing; outside it ends the process.
    expect(waiter?.listenerCount('error')).toBe(1);
    client.resetAndDestroy();
    await ended;
    expect(served).toBe(0);
  });

  it('is closed when too many wait', async () => {
    isFull = true;
    const { client } = await ask();
    await once(client, 'close');
    expect([served, turns]).toEqual([0, []]);
  });
});
