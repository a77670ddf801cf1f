import Fastify from 'fastify';
import { ServiceBusy } from '@app/platform';
import type { Pace } from '../../../apps/server/src/transport/pacing/pace';
import { paceRequests } from '../../../apps/server/src/transport/pacing/paced-requests';

/** A server with one address, which lets requests in as `enter` does. */
function serve(enter: (begin: () => void) => void) {
  const server = Fastify();
  const handled: string[] = [];
  paceRequests(server, {
    enter: (_kind: string, _client: unknown, begin: () => void) => enter(begin),
  } as unknown as Pace);
  server.get('/', async ({ id }) => handled.push(id));
  server.setErrorHandler((error, _request, reply) => {
    const isBusy = error instanceof ServiceBusy;
    return reply.code(isBusy ? 503 : 500).send();
  });
  return { server, handled };
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
});
