import type { Duplex } from 'node:stream';
import type { Pace } from '../pacing/pace';

/**
 * Begins an upgrade, or another handshake of a connection, when its turn comes. Nothing is done for a client that has
 * gone by then; when too many wait, the connection is answered 503 and closed.
 */
export function paceUpgrade(pace: Pace, socket: Duplex, begin: () => void): void {
  try {
    pace.enter('upgrade', socket, () => unlessEnded(socket, begin));
  } catch {
    refuse(socket, '503 Service Unavailable', 'Retry-After: 2');
  }
}

/** Ends a connection with an answer of HTTP, whether its client ends it too or not. */
export function refuse(socket: Duplex, status: string, ...headers: readonly string[]): void {
  const lines = [`HTTP/1.1 ${status}`, ...headers, 'Connection: close', 'Content-Length: 0'];
  socket.end(`${lines.join('\r\n')}\r\n\r\n`, () => socket.destroy());
}

/** Nobody reads from a connection that waits for its upgrade, so that nothing has told yet that its client has left. */
function unlessEnded(socket: Duplex, begin: () => void): void {
  // Takes nothing, but lets `end` come if that is all that there is.
  socket.read(0);
  process.nextTick(() => {
    if (socket.readableEnded) socket.destroy();
    else begin();
  });
}
