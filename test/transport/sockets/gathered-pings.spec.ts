import { EventEmitter, once } from 'node:events';
import { createServer, Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import WebSocket from 'ws';
import { BEAT_MS } from '../../../apps/server/src/transport/sockets/beats';
import { gatherPings } from '../../../apps/server/src/transport/sockets/gathered-pings';

const INTERVAL_MS = 20_000;
const TIMEOUT_MS = 10_000;
const SOMETHING_ELSE = '42["something"]';

/** The server's end of a connection. */
type Engine = EventEmitter & { readyState: string; transport: { name: string }; close(): void };

/** Engine.IO as it is, over real connections; only the time is ours. */
describe('the gathered pings of Engine.IO', () => {
  let http: HttpServer;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    http = createServer();
    server = new Server(http, { pingInterval: INTERVAL_MS, pingTimeout: TIMEOUT_MS });
    gatherPings(server);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/socket.io/?EIO=4&transport=`;
  });
  afterEach(async () => {
    await server.close();
    jest.useRealTimers();
  });

  /** What happens to a connection, in this order. */
  const follow = (engine: Engine) => {
    const happened: string[] = [];
    engine.on('packetCreate', ({ type }: { type: string }) => happened.push(type));
    engine.on('close', (reason: string) => happened.push(reason));
    return happened;
  };

  const connect = async () => {
    const opened = once(server.engine, 'connection') as Promise<[Engine]>;
    const client = new WebSocket(`${url.replace('http', 'ws')}websocket`);
    client.on('error', () => undefined);
    const [[engine]] = await Promise.all([opened, once(client, 'message')]);
    client.send('40');
    await once(client, 'message');
    return { client, engine, happened: follow(engine) };
  };
  const say = async (client: WebSocket, engine: Engine, packet: string) => {
    client.send(packet);
    await once(engine, 'packet');
  };

  it('reach all who are due within a beat in one turn, and nobody early', async () => {
    const [first, second] = [await connect(), await connect()];
    jest.advanceTimersByTime(BEAT_MS);
    const later = await connect();
    const all = [first, second, later].map(({ happened }) => happened);
    jest.advanceTimersByTime(INTERVAL_MS - BEAT_MS - 1);
    expect(all).toEqual([[], [], []]);
    jest.advanceTimersByTime(1);
    expect(all).toEqual([['ping'], ['ping'], []]);
    jest.advanceTimersByTime(BEAT_MS);
    expect(all).toEqual([['ping'], ['ping'], ['ping']]);
  });

  it('come again an interval after the answer', async () => {
    const { client, engine, happened } = await connect();
    jest.advanceTimersByTime(INTERVAL_MS + 5000);
    await say(client, engine, '3');
    jest.advanceTimersByTime(INTERVAL_MS - 1);
    expect(happened).toEqual(['ping']);
    jest.advanceTimersByTime(1 + BEAT_MS);
    expect(happened).toEqual(['ping', 'ping']);
  });

  it('end a connection that is silent, no earlier than it was told and a beat later at most', async () => {
    const { happened } = await connect();
    jest.advanceTimersByTime(INTERVAL_MS + TIMEOUT_MS - 1);
    expect(happened).toEqual(['ping']);
    jest.advanceTimersByTime(1 + BEAT_MS);
    expect(happened).toEqual(['ping', 'ping timeout']);
  });

  it('give more time, once for each, to one that sends something else', async () => {
    const { client, engine, happened } = await connect();
    jest.advanceTimersByTime(INTERVAL_MS);
    await say(client, engine, SOMETHING_ELSE);
    await say(client, engine, '3');
    jest.advanceTimersByTime(INTERVAL_MS + TIMEOUT_MS / 2);
    await say(client, engine, SOMETHING_ELSE);
    jest.advanceTimersByTime(TIMEOUT_MS - 1);
    await say(client, engine, SOMETHING_ELSE);
    expect(happened).toEqual(['ping', 'ping']);
    jest.advanceTimersByTime(1 + BEAT_MS);
    expect(happened).toEqual(['ping', 'ping', 'ping timeout']);
  });

  it.each(['waits for a ping', 'is pinged'])('forget a connection that closes while it %s', async (state) => {
    const { client, engine, happened } = await connect();
    if (state === 'is pinged') jest.advanceTimersByTime(INTERVAL_MS);
    const before = [...happened];
    client.terminate();
    await once(engine, 'close');
    jest.advanceTimersByTime(BEAT_MS);
    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(2 * INTERVAL_MS);
    expect(happened).toEqual([...before, 'transport close']);
  });

  it('reach those who poll, and those who change from that to a WebSocket', async () => {
    const opened = once(server.engine, 'connection') as Promise<[Engine]>;
    const { sid } = JSON.parse((await textOf(`${url}polling`)).slice(1)) as { sid: string };
    const [engine] = await opened;
    const happened = follow(engine);
    const polled = textOf(`${url}polling&sid=${sid}`);
    await once(http, 'request');
    jest.advanceTimersByTime(INTERVAL_MS);
    expect(await polled).toBe('2');

    // It changes before it answers: what it was pinged for holds no more, and it is pinged again in that time.
    const client = new WebSocket(`${url.replace('http', 'ws')}websocket&sid=${sid}`);
    await once(client, 'open');
    client.send('2probe');
    await once(client, 'message');
    client.send('5');
    await once(engine, 'upgrade');
    const again = once(client, 'message');
    jest.advanceTimersByTime(TIMEOUT_MS);
    expect([String((await again)[0]), happened]).toEqual(['2', ['ping', 'ping']]);
    jest.advanceTimersByTime(TIMEOUT_MS + BEAT_MS);
    expect(happened).toEqual(['ping', 'ping', 'ping timeout']);
  });
});

describe('Engine.IO with other fields than we know', () => {
  const known = {
    protocol: 4,
    pingIntervalTimer: { refresh: () => undefined } as unknown,
    pingTimeoutTimer: null,
    server: { opts: { pingInterval: INTERVAL_MS, pingTimeout: TIMEOUT_MS } },
    sendPacket: () => undefined,
    onClose: () => undefined,
  };
  const isTakenOver = (fields: object): boolean => {
    const engine = new EventEmitter();
    gatherPings({ engine } as unknown as Server);
    const connection = Object.assign(new EventEmitter(), known, fields);
    const { pingIntervalTimer: own } = connection;
    engine.emit('connection', connection);
    return connection.pingIntervalTimer !== own || connection.listenerCount('close') > 0;
  };

  it.each<[string, object]>([
    ['the client pings', { protocol: 3 }],
    ['no timer runs to the next ping', { pingIntervalTimer: undefined }],
    ['that timer is a number', { pingIntervalTimer: 7 }],
    ['that timer can not be set again', { pingIntervalTimer: {} }],
    ['no timer waits for an answer', { pingTimeoutTimer: undefined }],
    ['it has no times', { server: { opts: {} } }],
    ['it has no server', { server: undefined }],
    ['nothing sends a packet', { sendPacket: undefined }],
    ['nothing closes it', { onClose: undefined }],
  ])('keeps its own timers if %s', (_name, fields) => {
    expect(isTakenOver(fields)).toBe(false);
  });

  it('is known by the fields that it has now, and has no timer of its own then', () => {
    const before = process.getActiveResourcesInfo();
    expect(isTakenOver({ pingIntervalTimer: setTimeout(() => undefined, INTERVAL_MS) })).toBe(true);
    expect(process.getActiveResourcesInfo()).toEqual(before);
  });
});

async function textOf(address: string): Promise<string> {
  return (await fetch(address)).text();
}
