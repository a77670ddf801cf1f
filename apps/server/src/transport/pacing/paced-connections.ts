import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Pace } from './pace';

/** What Node's server goes by, and leaves out of its types: it does not read from who connects until it is told to. */
interface Pausing {
  pauseOnConnect?: boolean;
}

/**
 * Reads from a connection when its turn comes. Of a thousand that are opened at once, the first requests would all be
 * read in a turn or two of the event loop, in which nobody else is served.
 *
 * What Node's server does with a connection is its listener like any other, and the first. Should it ever not be there,
 * nothing is put off; without the pause, what comes before the turn is kept by the stream.
 */
export function paceConnections(server: Server, pace: Pace): void {
  const [serve] = server.listeners('connection') as ((socket: Socket) => void)[];
  if (!serve) return;
  (server as Pausing).pauseOnConnect = true;
  server.off('connection', serve);
  server.on('connection', (socket: Socket) => {
    // Without a listener, a client that resets the connection meanwhile would end the process.
    socket.on('error', giveUp);
    try {
      pace.enter('connection', socket, () => {
        socket.off('error', giveUp);
        serve.call(server, socket);
        socket.resume();
      });
    } catch {
      // Too many wait. There is no request yet that could be answered.
      socket.destroy();
    }
  });
}

function giveUp(this: Socket): void {
  this.destroy();
}
