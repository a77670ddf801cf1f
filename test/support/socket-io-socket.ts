import { io, ManagerOptions, Socket, SocketOptions } from 'socket.io-client';
import type WebSocket from 'ws';
import { Inbox } from './inbox';
import type { Origin } from './server-node';
import { Caller, Closing, LiveSocket, Refused, remember } from './live-socket';
import type { Ack, Frame, Problem } from './wire';

export type SocketIoOptions = Partial<ManagerOptions & SocketOptions>;

/** A connection to the Socket.IO namespace `/v1`, which hears all chats of its user. */
export class SocketIoSocket implements LiveSocket {
  readonly transport = 'socket.io';
  readonly inbox = new Inbox('Socket.IO');
  readonly closed: Promise<Closing>;
  /** Names of events whose payload did not carry the same name as its `type`. */
  readonly misnamed: string[] = [];
  connected: Frame = { type: 'not connected yet' };
  private readonly unanswered = new Set<(error: Error) => void>();

  constructor(readonly socket: Socket) {
    socket.onAny((event: string, payload: Frame) => {
      if (payload?.type !== event) this.misnamed.push(event);
      this.inbox.add({ ...payload, type: event });
    });
    this.closed = new Promise((resolve) => {
      socket.on('disconnect', (reason) => resolve({ reason }));
    });
    void this.closed.then(({ reason }) => this.end(`disconnected: ${reason}`));
  }

  request(type: string, payload: Record<string, unknown>): Promise<Ack> {
    return this.call<Ack>(type, payload);
  }

  emit(type: string, payload: Record<string, unknown>): void {
    this.socket.emit(type, payload);
  }

  ping(chatId: number): Promise<Frame> {
    return this.call<Frame>('ping', { chat_id: chatId });
  }

  /** Sends anything at all and gives what the acknowledgement callback was given. */
  call<Result>(type: string, ...payload: unknown[]): Promise<Result> {
    if (!this.socket.connected) return Promise.reject(new Error('the socket is closed'));
    return new Promise((resolve, reject) => {
      this.unanswered.add(reject);
      this.socket.emit(type, ...payload, (result: Result) => {
        this.unanswered.delete(reject);
        resolve(result);
      });
    });
  }

  async close(): Promise<void> {
    this.resume();
    this.socket.disconnect();
    await this.closed;
  }

  pause(): void {
    this.beneath()?.pause();
  }

  resume(): void {
    const ws = this.beneath();
    if (ws?.isPaused) ws.resume();
  }

  private beneath(): WebSocket | undefined {
    const transport = this.socket.io.engine.transport as unknown as { ws?: WebSocket };
    return transport.ws;
  }

  private end(why: string): void {
    this.inbox.end(why);
    for (const fail of this.unanswered) fail(new Error(`no ack: ${why}`));
    this.unanswered.clear();
  }
}

/** Resolves when the server has said `connected`. Rejects with `Refused` when it doesn't let us in. */
export async function openSocketIo(
  server: Origin,
  { token }: Caller,
  _chatId?: number,
  options: SocketIoOptions = {},
): Promise<SocketIoSocket> {
  const client = io(`${server.url}/v1`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: token === undefined ? {} : { token },
    ...options,
  });
  const socket = new SocketIoSocket(client);
  const refused = new Promise<never>((_, reject) => {
    client.on('connect_error', (error: Error & { data?: Problem }) =>
      reject(new Refused({ reason: error.message }, error.data)),
    );
  });
  let closing: Closing | undefined;
  void socket.closed.then((how) => (closing = how));
  try {
    socket.connected = await Promise.race([refused, socket.inbox.waitFor('connected')]);
  } catch (error) {
    client.disconnect();
    throw closing === undefined ? error : new Refused(closing, socket.inbox.of('error')[0]?.error);
  }
  return remember(socket);
}
