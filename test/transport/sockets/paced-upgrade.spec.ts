import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ServiceBusy } from '@app/platform';
import type { Pace } from '../../../apps/server/src/transport/pacing/pace';
import { paceUpgrade } from '../../../apps/server/src/transport/sockets/paced-upgrade';

const UPGRADE = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

describe('an upgrade that waits for its turn', () => {
  let server: Server;
  let isFull: boolean;
  let upgraded: Socket[];
  /** What waits. */
  let turns: (() => void)[];
  let waiting: Duplex[];
  const pace = {
    enter: (_kind: string, client: Duplex, begin: () => void) => {
      waiting.push(client);
      if (isFull) throw new ServiceBusy('On purpose.');
      turns.push(begin);
    },
  } as Pick<Pace, 'enter'> as Pace;

  beforeEach(async () => {
    [isFull, upgraded, turns, waiting] = [false, [], [], []];
    server = createServer();
    server.on('upgrade', (_request, socket: Socket) => {
      socket.on('error', () => undefined);
      paceUpgrade(pace, socket, () => upgraded.push(socket));
      server.emit('waiting');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    for (const socket of waiting) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  const ask = async (options: { allowHalfOpen?: boolean } = {}): Promise<Socket> => {
    const asked = once(server, 'waiting');
    const client = connect({ ...options, port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
    client.write(UPGRADE);
    await asked;
    return client;
  };
  const letIn = async () => {
    for (const begin of turns) begin();
    await new Promise((resolve) => setImmediate(resolve));
  };

  it('begins then, with nothing lost that the client has sent meanwhile', async () => {
    const client = await ask();
    client.write('early');
    await once(waiting[0] as Duplex, 'readable');
    await letIn();
    expect(String(upgraded[0]?.read())).toBe('early');
    client.destroy();
    upgraded[0]?.destroy();
  });

  it('is not begun for a client that has left', async () => {
    const client = await ask();
    client.end();
    // The end is there, though nobody has read up to it.
    await once(waiting[0] as Duplex, 'readable');
    await letIn();
    expect(upgraded).toEqual([]);
    expect(waiting[0]?.destroyed).toBe(true);
    client.destroy();
  });

  it('is refused with 503 when too many wait, and told when to come back', async () => {
    isFull = true;
    const client = await ask();
    const [answer] = (await once(client, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\nRetry-After: 2\r\n/);
    await once(client, 'close');
    expect(upgraded).toEqual([]);
  });

  it('takes no room after a refusal, though its client does not close', async () => {
    isFull = true;
    const client = await ask({ allowHalfOpen: true });
    const [refused] = waiting as [Duplex];
    if (!refused.destroyed) await once(refused, 'close');
    client.destroy();
  });
});
