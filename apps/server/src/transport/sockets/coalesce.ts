import type { Socket as NetSocket } from 'node:net';
import type { Socket as SocketIoSocket } from 'socket.io';
import { WebSocket } from 'ws';

/** What is used of a TCP socket. */
type Tcp = Pick<NetSocket, 'cork' | 'uncork' | 'write' | 'writable' | 'writableCorked'>;

/** A list of its own for each turn: a set that is emptied and filled again keeps V8 from freeing what it held before. */
let corked: Tcp[] = [];

/**
 * To be called when Engine.IO begins to hand over what it has (`flush`): lets all that it hands over in one turn of the
 * event loop leave in one system call. Nearly all the cost of a frame is the call. The bytes on the wire are the same.
 *
 * `ws` keeps the TCP socket in a field that is not part of its interface; without it, writes go out one by one.
 */
export function coalesceFlush(engine: SocketIoSocket['conn']): void {
  const tcp = findTcp((engine.transport as { socket?: WebSocket }).socket);
  if (tcp) holdUntilEndOfTurn(tcp);
}

/**
 * Sends frames that are encoded already, past all that `ws` does for each of them, after everything that it was given.
 * The connection must not compress: then `ws` keeps nothing back.
 * @returns false if that can't be done, and nothing was sent
 */
export function writeFrames(webSocket: WebSocket | undefined, frames: Buffer): boolean {
  const tcp = findTcp(webSocket);
  if (!tcp?.writable || webSocket?.readyState !== WebSocket.OPEN) return false;
  holdUntilEndOfTurn(tcp);
  tcp.write(frames);
  return true;
}

function findTcp(webSocket: WebSocket | undefined): Tcp | undefined {
  const tcp = (webSocket as { _socket?: Partial<Tcp> | null } | undefined)?._socket;
  if (typeof tcp?.cork !== 'function' || typeof tcp.uncork !== 'function') return undefined;
  return typeof tcp.write === 'function' ? (tcp as Tcp) : undefined;
}

/** Nothing to do for one that is held already: who holds it lets go of all that was written. */
function holdUntilEndOfTurn(tcp: Tcp): void {
  if (tcp.writableCorked > 0) return;
  if (corked.length === 0) setImmediate(uncorkAll);
  tcp.cork();
  corked.push(tcp);
}

function uncorkAll(): void {
  const sockets = corked;
  corked = [];
  for (const socket of sockets) socket.uncork();
}
