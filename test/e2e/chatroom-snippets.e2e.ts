import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { io, ManagerOptions, Socket, SocketOptions } from 'socket.io-client';
import { historyOf, newRoom, newRoomer } from '../support/chatroom';
import { NamespaceSocket } from '../support/chatroom-socket';
import { startServer, Server } from '../support/server';
import { eventually } from '../support/wait';

type Options = Partial<ManagerOptions & SocketOptions>;

const [connect, joinRoom, leaveRoom, chatroomMessage, connectPlainly] = readFileSync(
  resolve(__dirname, '../snippets/chatroom.js.txt'),
  'utf8',
).split('// next\n') as [string, string, string, string, string];

/** The snippets of the source document, as they stand there: only where it listens and the placeholders are filled in. */
describe('the snippets of the source document run', () => {
  let server: Server;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    server = await startServer();
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
  afterAll(() => server.stop());

  test.each([
    ['at the address with a path', connect],
    ['at the plain address', connectPlainly],
  ])('%s', async (_where, opening) => {
    const ann = await newRoomer(server);
    const room = await newRoom(ann);
    const open = (address: string, options: Options): Socket => {
      const socket = io(address.replace('http://localhost:8000', server.url), { ...options, forceNew: true });
      sockets.push(socket);
      return socket;
    };
    const script = [opening, joinRoom, chatroomMessage, leaveRoom]
      .join('\n')
      .replaceAll('<your_jwt_token>', ann.token)
      .replaceAll('<chatroom_id>', room._id);
    runInNewContext(script, { io: open });

    const heard = new NamespaceSocket(sockets[0] as Socket);
    expect(await heard.waitFor('joinedUserRoom')).toEqual({ roomId: ann.id });
    expect(await heard.waitFor('notification')).toEqual({ message: `User ${ann.id} joined the chatroom` });
    const history = await eventually(
      () => historyOf(ann, room),
      (messages) => messages.length > 0,
    );
    expect(history).toMatchObject([{ sender: ann.id, message: 'Hello World!' }]);
    expect(heard.of('error')).toEqual([]);
  });
});
