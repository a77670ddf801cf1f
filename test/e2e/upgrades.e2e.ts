import { once } from 'node:events';
import { connect } from 'node:net';
import { expectStatus, request } from '../support/api';
import { newGroup, newPeople, Person } from '../support/people';
import { Server, startServer } from '../support/server';
import { closeSockets, openRaw, openSocketIo } from '../support/sockets';
import { Chat } from '../support/wire';

const PATHS = ['/socket.io', '/socket.io/?EIO=4&transport=websocket', '/api/v1/ws/1', '/api/v1/ws/1?token=x', '/nope'];

describe('upgrades of connections', () => {
  let server: Server;
  let ann: Person, ben: Person;
  let chat: Chat;
  beforeAll(async () => {
    server = await startServer();
    [ann, ben] = (await newPeople(server, 2)) as [Person, Person];
    chat = await newGroup(ann, [ben]);
  });
  afterEach(closeSockets);
  afterAll(() => server.stop());

  const upgrade = async (path: string, protocol: string) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(socket, 'connect');
    const headers = ['Host: localhost', 'Connection: Upgrade', `Upgrade: ${protocol}`, 'Sec-WebSocket-Version: 13'];
    socket.write(
      `GET ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\nSec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Ng==\r\n\r\n`,
    );
    return socket;
  };

  test.each(PATHS)('a client that resets its upgrade of %s harms nobody', async (path) => {
    const socket = await upgrade(path, 'websocket');
    await Promise.race([once(socket, 'data'), once(socket, 'close')]);
    socket.resetAndDestroy();
    expectStatus(await request('GET', `${server.url}/health/live`), 200);
    expect(server.logs.text()).not.toContain('crashed');
  });

  test('a client that would rather speak HTTP/2 is served as it is', async () => {
    const socket = await upgrade('/health/live', 'h2c');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200/);
    socket.destroy();
  });

  test('readers who keep up are not cut off by a burst', async () => {
    const [raw, socketIo] = [await openRaw(server, ben, chat.id), await openSocketIo(server, ben)];
    const talker = await openRaw(server, ann, chat.id);
    const text = '😀'.repeat(10_000);
    const acks = await Promise.all(
      Array.from({ length: 60 }, () => talker.request('message', { chat_id: chat.id, content: text })),
    );
    const last = Math.max(...acks.map(({ message }) => message?.seq ?? 0));
    for (const socket of [raw, socketIo, talker]) await socket.inbox.waitFor('new_message', ({ seq }) => seq === last);
  });
});
