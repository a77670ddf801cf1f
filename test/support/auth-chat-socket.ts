import { io, ManagerOptions, Socket, SocketOptions } from 'socket.io-client';
import type { AuthChatMessage } from './auth-chat';
import { Inbox } from './inbox';
import type { Origin } from './server-node';
import type { Frame } from './wire';
import { within } from './wait';

/** What came to a socket of the dialect `auth-chat` that another one had sent. */
export interface Response extends Frame {
  readonly payload: { readonly room_id: string; readonly message: AuthChatMessage };
}

/** A connection as clients of the dialect `auth-chat` open it: it knows `connect`, and no greeting. */
export class AuthChatSocket {
  /** Each event as a frame whose `type` is its name. */
  readonly inbox = new Inbox('auth-chat');
  readonly closed: Promise<string>;

  constructor(readonly socket: Socket) {
    socket.onAny((event: string, payload: unknown) => this.inbox.add({ type: event, payload }));
    this.closed = new Promise((resolve) => socket.on('disconnect', resolve));
    void this.closed.then((reason) => this.inbox.end(`disconnected: ${reason}`));
  }

  /** Sends, and gives what the acknowledgement got. */
  ask<Answer = { ok: boolean; message?: string }>(event: string, ...payload: unknown[]): Promise<Answer> {
    return within(8000, this.socket.emitWithAck(event, ...payload) as Promise<Answer>, `the answer to ${event}`);
  }

  say(room: { id: string | number }, message: string): Promise<{ ok: boolean; message?: string }> {
    return this.ask('chat_message', { room: String(room.id), message });
  }

  /** Everything that came up to the message with this text, which somebody else has sent last; then forgets it. */
  async heardUntil(text: string): Promise<unknown[]> {
    await this.inbox.waitFor('chat_response', (frame) => (frame as Response).payload.message.content === text);
    const frames = this.inbox.frames.map(({ type, payload }) => [type, payload]);
    this.inbox.clear();
    // The other dialect of this namespace greets everybody.
    return frames.filter(([type]) => type !== 'joinedUserRoom' && type !== 'newChatroom');
  }
}

const open = new Set<Socket>();

/** Resolves when the server has let it in; rejects with what `connect_error` says. */
export async function openAuthChat(
  server: Origin,
  token: string | undefined,
  { address = '', ...options }: { address?: string } & Partial<ManagerOptions & SocketOptions> = {},
): Promise<AuthChatSocket> {
  const auth = token === undefined ? {} : { token };
  const client = io(`${server.url}${address}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
    ...options,
  });
  open.add(client);
  const socket = new AuthChatSocket(client);
  const connected = new Promise<void>((resolve, reject) => {
    client.on('connect', resolve);
    client.on('connect_error', reject);
  });
  await within(8000, connected, 'connect');
  return socket;
}

/** For `afterEach`: no test leaves a socket to the next. */
export function closeAuthChat(): void {
  for (const socket of open) socket.disconnect();
  open.clear();
}
