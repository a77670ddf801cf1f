import WebSocket, { ClientOptions } from 'ws';
import { Inbox } from './inbox';
import type { Origin } from './server-node';
import { Caller, Closing, LiveSocket, Refused, remember } from './live-socket';
import type { Ack, Frame } from './wire';

export interface RawOptions extends Omit<ClientOptions, 'headers'> {
  headers?: Record<string, string>;
  /** Where the token goes: `?token=` unless said otherwise. */
  tokenIn?: 'query' | 'header';
}

const CLOSE_PATIENCE_MS = 3000;

/** The raw WebSocket of one chat, with the `ws` package. */
export class RawSocket implements LiveSocket {
  readonly transport = 'websocket';
  readonly inbox = new Inbox('raw WebSocket');
  readonly closed: Promise<Closing>;
  connected: Frame = { type: 'not connected yet' };
  private readonly acks = new Map<string, { accept: (ack: Ack) => void; fail: (error: Error) => void }>();
  private lastRef = 0;

  constructor(readonly ws: WebSocket) {
    ws.on('message', (data: Buffer) => this.receive(JSON.parse(data.toString()) as Frame));
    let failure = '';
    ws.on('error', (error) => (failure = error.message));
    this.closed = new Promise((resolve) => {
      ws.on('close', (code, reason) => resolve({ code, reason: String(reason) || failure }));
    });
    void this.closed.then(({ code }) => this.end(`closed with ${code}`));
  }

  request(type: string, payload: Record<string, unknown>): Promise<Ack> {
    if (this.ws.readyState !== WebSocket.OPEN) return Promise.reject(new Error('the socket is closed'));
    const ref = `r${++this.lastRef}`;
    return new Promise((accept, fail) => {
      this.acks.set(ref, { accept, fail });
      this.emit(type, { ...payload, ref });
    });
  }

  emit(type: string, payload: Record<string, unknown>): void {
    this.sendText(JSON.stringify({ ...payload, type }));
  }

  sendText(text: string | Uint8Array): void {
    this.ws.send(text);
  }

  ping(chatId: number): Promise<Frame> {
    this.emit('ping', { chat_id: chatId });
    return this.inbox.waitFor('pong');
  }

  async close(): Promise<void> {
    this.resume();
    this.ws.close();
    const timer = setTimeout(() => this.ws.terminate(), CLOSE_PATIENCE_MS);
    await this.closed;
    clearTimeout(timer);
  }

  pause(): void {
    this.ws.pause();
  }

  resume(): void {
    if (this.ws.isPaused) this.ws.resume();
  }

  private receive(frame: Frame): void {
    this.inbox.add(frame);
    if (frame.type !== 'ack' || typeof frame.ref !== 'string') return;
    this.acks.get(frame.ref)?.accept(frame as unknown as Ack);
    this.acks.delete(frame.ref);
  }

  private end(why: string): void {
    this.inbox.end(why);
    for (const { fail } of this.acks.values()) fail(new Error(`no ack: ${why}`));
    this.acks.clear();
  }
}

export function rawUrl(server: Origin, chatId: number | string): string {
  return `${server.url.replace('http', 'ws')}/api/v1/ws/${chatId}`;
}

/** Resolves when the server has said `connected`. Rejects with `Refused` when it closes before. */
export async function openRaw(
  server: Origin,
  { token }: Caller,
  chatId: number | string,
  { tokenIn = 'query', ...options }: RawOptions = {},
): Promise<RawSocket> {
  const query = token !== undefined && tokenIn === 'query' ? `?token=${encodeURIComponent(token)}` : '';
  const headers: Record<string, string> =
    token !== undefined && tokenIn === 'header' ? { authorization: `Bearer ${token}` } : {};
  const ws = new WebSocket(rawUrl(server, chatId) + query, {
    perMessageDeflate: false,
    ...options,
    headers: { ...headers, ...options.headers },
  });
  const socket = new RawSocket(ws);
  try {
    socket.connected = await socket.inbox.waitFor('connected');
  } catch (error) {
    if (ws.readyState === WebSocket.CLOSED) throw new Refused(await socket.closed);
    ws.terminate();
    throw error;
  }
  return remember(socket);
}
