import { fastify } from 'fastify';
import { AllowedMethods } from '../../../apps/server/src/transport/http/allowed-methods';

describe('the methods of an address', () => {
  const methods = new AllowedMethods();
  beforeAll(() => {
    const server = fastify();
    methods.watch(server);
    const answer = () => 'x';
    server.get('/', answer);
    server.get('/chats/:chat_id', answer);
    server.put('/chats/:chat_id', answer);
    server.post('/chats/', answer);
    server.get('/docs/*', answer);
    server.get('/a.json', answer);
  });

  test.each([
    ['/', ['GET', 'HEAD']],
    ['/chats/7', ['GET', 'HEAD', 'PUT']],
    ['/chats/7/', ['GET', 'HEAD', 'PUT']],
    ['/chats', ['POST']],
    ['/chats/', ['POST']],
    ['/chats/7/x', []],
    ['/chats//', []],
    ['/docs/a/b.css', ['GET', 'HEAD']],
    ['/a.json', ['GET', 'HEAD']],
    ['/aXjson', []],
    ['/nothing', []],
  ])('%s has %p', (path, expected) => {
    expect(methods.at(path)).toEqual(expected);
  });
});
