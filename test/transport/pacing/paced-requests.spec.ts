import Fastify from 'fastify';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Metrics, ServiceBusy } from '@app/platform';
import { Pace } from '../../../apps/server/src/transport/pacing/pace';
import { paceRequests } from '../../../apps/server/src/transport/pacing/paced-requests';

/** A server with one address, which lets requests in as `enter` does. */
function serve(enter: (begin: () => void) => void) {
  const server = Fastify();
  const handled: string[] = [];
  const metrics = new Metrics();
  const pace = new Pace(metrics);
  pace.enter = (_kind, _client, begin) => enter(begin);
  paceRequests(server, pace);
  server.get('/', async ({ id }) => handled.push(id));
  server.setErrorHandler((error, _request, reply) => {
    const isBusy = error instanceof ServiceBusy;
    return reply.code(isBusy ? 503 : 500).send();
  });
  return { server, handled, metrics };
}

describe('a request', () => {
  it('begins when its turn comes', async () => {
    const turns: (() => void)[] = [];
    const { server, handled } = serve((begin) => turns.push(begin));
    const answers = ['/', '/'].map((url) => server.inject(url));
    while (turns.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(handled).toEqual([]);
    for (const begin of turns) begin();
    expect((await Promise.all(answers)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(handled).toHaveLength(2);
  });

  it('is refused as any other failure, and not begun, when too many wait', async () => {
    const { server, handled } = serve(() => {
      throw new ServiceBusy('On purpose.');
    });
    expect((await server.inject('/')).statusCode).toBe(503);
    expect(handled).toEqual([]);
  });

  it('has no more than 99 of its connection before it, and other connections have theirs', async () => {
    const turns: (() => void)[] = [];
    const { server, handled, metrics } = serve((begin) => turns.push(begin));
    await server.listen({ host: '127.0.0.1', port: 0 });
    let heard = 0;
    server.server.on('request', () => heard++);
    const { port } = server.server.address() as AddressInfo;
    /** @returns the status of each */
    const ask = async (requests: number) => {
      const client = connect(port, '127.0.0.1');
      client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(requests - 1));
      client.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      return (await text(client)).match(/(?<=HTTP\/1\.1 )\d+/g);
    };
    const untilHeard = async (requests: number) => {
      while (heard < requests) await once(server.server, 'request');
      for (const begin of turns.splice(0)) begin();
    };
    try {
      const answers = Promise.all([ask(103), ask(2)]);
      await untilHeard(105);
      const [many, few] = await answers;
      expect(many).toEqual(Array.from({ length: 103 }, (_, n) => (n < 100 ? '200' : '503')));
      expect(few).toEqual(['200', '200']);
      expect(handled).toHaveLength(102);
      expect((await metrics.refusedNewcomers.get()).values).toEqual([{ labels: { kind: 'request' }, value: 3 }]);
    } finally {
      await server.close();
    }
  });

  it('does not count for its connection when it has begun', async () => {
    const { server } = serve((begin) => begin());
    await server.listen({ host: '127.0.0.1', port: 0 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const { port } = server.server.address() as AddressInfo;
    try {
      for (let n = 0; n < 101; n++) {
        const [answer] = (await once(get({ port, agent }), 'response')) as [IncomingMessage];
        expect([await text(answer), answer.statusCode]).toEqual([String(n + 1), 200]);
      }
    } finally {
      agent.destroy();
      await server.close();
    }
  });
});
