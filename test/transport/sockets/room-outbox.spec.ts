import { createServer, Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Metrics } from '@app/platform';
import { Namespace, Server } from 'socket.io';
import { io, Socket } from 'socket.io-client';
import { answerDirectly } from '../../../apps/server/src/transport/sockets/direct-answers';
import { EngineLink } from '../../../apps/server/src/transport/sockets/engine-link';
import { RoomOutbox } from '../../../apps/server/src/transport/sockets/room-outbox';
import { eventually } from '../../support/wait';
import { countWrites } from '../../support/writes';

const ROOM = 'room';
const waitUntil = (holds: () => boolean) => eventually(async () => holds(), Boolean, 20_000);

/** Clients that are not ours, on a server that has nothing but the outbox. */
describe('the outbox of rooms', () => {
  let http: HttpServer;
  let server: Server;
  let namespace: Namespace;
  let outbox: RoomOutbox;
  const clients: Socket[] = [];
  const say = (argument: unknown, except?: string) => outbox.emit(ROOM, 'said', JSON.stringify(argument), except);

  beforeAll(async () => {
    http = createServer();
    server = new Server(http, { perMessageDeflate: false });
    namespace = server.of('/v1');
    namespace.on('connection', (socket) => {
      const { lookedAfter = true, answeredDirectly = true } = socket.handshake.auth as Record<string, boolean>;
      if (lookedAfter) EngineLink.make(socket, new Metrics());
      if (answeredDirectly) answerDirectly(socket);
      void socket.join(ROOM);
      socket.on('ask', (acknowledge: (answer: string) => void) => acknowledge('answer'));
      socket.on('tell', (text: string, acknowledge: (...answer: unknown[]) => void) => {
        say(text);
        queueMicrotask(() => acknowledge({ told: text }, undefined, '…'));
        queueMicrotask(() => acknowledge('once more'));
      });
    });
    outbox = RoomOutbox.of(namespace);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });
  afterAll(() => server.close());

  const connect = async (transports: string[], auth: object = {}) => {
    const { port } = http.address() as AddressInfo;
    const client = io(`http://127.0.0.1:${port}/v1`, { transports, auth, forceNew: true, reconnection: false });
    clients.push(client);
    const heard: unknown[] = [];
    client.on('said', (argument) => heard.push(argument));
    await new Promise<void>((resolve, reject) => client.on('connect', resolve).on('connect_error', reject));
    await waitUntil(() => namespace.sockets.get(client.id ?? '')?.rooms.has(ROOM) === true);
    return { client, heard, socket: namespace.sockets.get(client.id ?? '') };
  };

  it.each([
    ['a WebSocket', ['websocket'], {}],
    ['long polling', ['polling'], {}],
    ['a change of transport', ['polling', 'websocket'], {}],
    ['a connection that nobody looks after', ['websocket'], { lookedAfter: false }],
    ['a connection that Socket.IO answers itself', ['websocket'], { answeredDirectly: false }],
  ])('brings everything once and in order over %s', async (_name, transports, auth) => {
    const { heard } = await connect(transports, auth);
    // Their frames have lengths of every encoding, and characters of several bytes.
    const arguments_ = [0, 'é'.repeat(60), '…'.repeat(5000), { of: ['x'.repeat(70_000)] }, null];
    const told = Array.from({ length: 60 }, (_, index) => arguments_[index % arguments_.length]);
    for (const argument of told) {
      say(argument);
      // Several to a turn, over several turns.
      if (Math.random() < 0.3) await new Promise((resolve) => setImmediate(resolve));
    }
    await waitUntil(() => heard.length >= told.length);
    expect(heard).toEqual(told);
  });

  it.each([
    ['has no TCP socket where it had one', () => undefined],
    ['has one that can not be corked', (tcp: object) => Object.create(tcp, { cork: { value: undefined } }) as object],
  ])('brings everything by plain writes when `ws` %s', async (_name, replace) => {
    const { heard, socket } = await connect(['websocket']);
    const { socket: webSocket } = socket?.conn.transport as unknown as { socket: { _socket: object } };
    const tcp = webSocket._socket;
    webSocket._socket = replace(tcp) as object;
    try {
      for (let n = 0; n < 20; n++) say(n);
      await waitUntil(() => heard.length >= 20);
      expect(heard).toEqual(Array.from({ length: 20 }, (_, n) => n));
    } finally {
      webSocket._socket = tcp;
    }
  });

  it('leaves out whom it is told to, and nobody else', async () => {
    const [ann, ben] = [await connect(['websocket']), await connect(['websocket'])];
    say(1);
    say(2, ann.client.id);
    say(3, ben.client.id);
    say(4);
    await waitUntil(() => ann.heard.at(-1) === 4 && ben.heard.at(-1) === 4);
    expect([ann.heard, ben.heard]).toEqual([
      [1, 3, 4],
      [1, 2, 4],
    ]);
  });

  it('tells those who were there, whoever comes and goes in the same turn', async () => {
    const [leaving, coming] = [await connect(['websocket']), await connect(['websocket'])];
    void coming.socket?.leave(ROOM);
    say('before');
    outbox.flushRoom(ROOM);
    void leaving.socket?.leave(ROOM);
    void coming.socket?.join(ROOM);
    say('after');
    await waitUntil(() => coming.heard.length > 0 && leaving.heard.length > 0);
    await Promise.all([leaving, coming].map(({ client }) => client.emitWithAck('ask')));
    expect([leaving.heard, coming.heard]).toEqual([['before'], ['after']]);
  });

  it('leaves by one system call, and what Engine.IO keeps until then by another', async () => {
    const { heard, client, socket } = await connect(['websocket']);
    client.on('answer', () => heard.push('answer'));
    const writes = countWrites('one turn');
    for (let n = 0; n < 10; n++) say('one turn');
    for (let n = 0; n < 10; n++) socket?.emit('answer', 'one turn');
    await waitUntil(() => heard.length === 20);
    expect([...writes.values()].map(({ calls }) => calls)).toEqual([2]);
    jest.restoreAllMocks();
  });

  it('answers as Socket.IO would, once, and past Engine.IO', async () => {
    const { client, socket } = await connect(['websocket']);
    const { client: other } = await connect(['websocket'], { answeredDirectly: false });
    const packets: unknown[] = [];
    socket?.conn.on('packetCreate', (packet) => packets.push(packet));
    const answers = await Promise.all([client, other].map((one) => askAll(one, 'news')));
    expect(answers).toEqual([0, 1].map(() => [{ told: 'news' }, null, '…']));
    expect(packets).toEqual([]);
  });

  it('is not overtaken by an answer that was given after it', async () => {
    const { client, heard, socket } = await connect(['websocket']);
    client.on('answer', () => heard.push('answer'));
    say('news');
    await Promise.resolve();
    socket?.emit('answer');
    await waitUntil(() => heard.length === 2);
    expect(heard).toEqual(['news', 'answer']);
  });

  it('waits its turn behind what Engine.IO has not handed over yet', async () => {
    const { heard, socket } = await connect(['websocket']);
    // The second of a turn waits until the first has left.
    socket?.emit('said', 'first');
    socket?.emit('said', 'second');
    say('third');
    await waitUntil(() => heard.length === 3);
    expect(heard).toEqual(['first', 'second', 'third']);
  });
});

function askAll(client: Socket, text: string): Promise<unknown[]> {
  return new Promise((resolve) => client.emit('tell', text, (...answer: unknown[]) => resolve(answer)));
}
