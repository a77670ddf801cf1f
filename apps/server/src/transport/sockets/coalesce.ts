import type { Socket as SocketIoSocket } from 'socket.io';
import type { WebSocket } from 'ws';

/** What is used of a TCP socket. */
interface Corkable {
  cork(): void;
  uncork(): void;
}

const corked = new Set<Corkable>();

/**
 * Lets everything that is written to the socket in this turn of the event loop leave in one system call:
 * nearly all the cost of a delivery is the call, and a commit brings a chat's members many frames at once.
 * The bytes on the wire are the same.
 *
 * `ws` keeps the TCP socket in a field that is not part of its interface; without it, writes go out one by one.
 */
export function coalesceWrites(webSocket: WebSocket | undefined): void {
  const tcp = (webSocket as { _socket?: Partial<Corkable> | null } | undefined)?._socket;
  if (!isCorkable(tcp) || corked.has(tcp)) return;
  if (corked.size === 0) setImmediate(uncorkAll);
  tcp.cork();
  corked.add(tcp);
}

/** The same for a Socket.IO connection, each time that Engine.IO hands over what it has gathered. */
export function coalesceFlushes({ conn }: SocketIoSocket): void {
  conn.on('flush', () => coalesceWrites((conn.transport as { socket?: WebSocket }).socket));
}

function isCorkable(tcp: Partial<Corkable> | null | undefined): tcp is Corkable {
  return typeof tcp?.cork === 'function' && typeof tcp.uncork === 'function';
}

function uncorkAll(): void {
  const sockets = [...corked];
  corked.clear();
  for (const socket of sockets) socket.uncork();
}
