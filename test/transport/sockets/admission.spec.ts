import { createServer, Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Actor } from '@app/platform';
import { Server } from 'socket.io';
import { io, Socket } from 'socket.io-client';
import WebSocket from 'ws';
import { admit, actorOf } from '../../../apps/server/src/transport/sockets/admission';
import type { Pace } from '../../../apps/server/src/transport/pacing/pace';

const CONNECT_TIMEOUT_MS = 500;
const ACTOR = { userId: 7 } as Actor;

/** Clients that are not ours, on a server that has nothing but the admission. */
describe('the admission to a namespace', () => {
  let http: HttpServer;
  let server: Server;
  let turns: (() => void)[];
  let client: Socket | undefined;

  beforeAll(async () => {
    http = createServer();
    server = new Server(http, { connectTimeout: CONNECT_TIMEOUT_MS });
    const pace = { enter: (_kind: unknown, _client: unknown, begin: () => void) => turns.push(begin) };
    const authenticate = async ({ handshake }: { handshake: { auth: object } }) => {
      if (!('token' in handshake.auth)) throw new Error('no token');
      return ACTOR;
    };
    admit(server.of('/v1'), pace as unknown as Pace, authenticate, (error) => error as Error);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => (turns = []));
  afterEach(() => client?.disconnect());
  afterAll(() => server.close());

  const address = () => `127.0.0.1:${(http.address() as AddressInfo).port}`;
  const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('lets those in who had to wait for longer than others may keep silent', async () => {
    const options = { transports: ['websocket'], auth: { token: 'good' }, forceNew: true, reconnection: false };
    client = io(`http://${address()}/v1`, options);
    const outcome = new Promise((resolve) => {
      client?.on('connect', () => resolve('in'));
      client?.io.on('close', resolve);
    });
    await later(3 * CONNECT_TIMEOUT_MS);
    for (const begin of turns) begin();
    expect(await outcome).toBe('in');
    const [socket] = server.of('/v1').sockets.values();
    expect(socket && actorOf(socket)).toBe(ACTOR);
    expect(socket?.handshake.auth).toEqual({ token: undefined });
  });

  /** Those of Socket.IO leave by themselves. */
  it('closes a client that was refused after its wait, and asks for nothing else', async () => {
    const heard: string[] = [];
    const socket = new WebSocket(`ws://${address()}/socket.io/?EIO=4&transport=websocket`);
    socket.on('message', (data: Buffer) => heard.push(data.toString()));
    socket.on('open', () => socket.send('40/v1,{}'));
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await later(3 * CONNECT_TIMEOUT_MS);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    for (const begin of turns) begin();
    await closed;
    expect(heard.at(-1)).toBe('44/v1,{"message":"no token"}');
  });
});
