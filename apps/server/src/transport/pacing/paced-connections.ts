import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { Pace } from './pace';

/**
 * Hands a connection over to HTTP when its first bytes are there and its turn has come. Of a thousand that speak at once,
 * the first requests would all be parsed in a turn or two of the event loop, in which nobody else is served. Not earlier:
 * a crowd is often accepted before it speaks, and would have passed by then. What comes before the turn is kept by the
 * stream, as much as it takes.
 *
 * What Node's server does with a connection is its listener like any other, and the first. Should it ever not be there,
 * nothing is put off.
 */
@Injectable()
export class PacedConnections implements OnModuleDestroy {
  /** HTTP does not know of them yet: neither its timeouts nor its end would close them. */
  private readonly silent = new Set<Socket>();
  private isStopping = false;

  constructor(private readonly pace: Pace) {}

  watch(server: Server): void {
    const [serve] = server.listeners('connection') as ((socket: Socket) => void)[];
    if (!serve) return;
    server.off('connection', serve);
    server.on('connection', (socket: Socket) => {
      // Without a listener, a client that resets the connection meanwhile would end the process.
      socket.on('error', giveUp);
      const handOver = (): void => {
        socket.off('error', giveUp);
        serve.call(server, socket);
      };
      this.awaitFirstBytes(socket, server.headersTimeout, () => this.enter(socket, handOver));
    });
  }

  onModuleDestroy(): void {
    this.isStopping = true;
    for (const socket of this.silent) socket.destroy();
  }

  private awaitFirstBytes(socket: Socket, timeoutMs: number, onBytes: () => void): void {
    if (this.isStopping) {
      socket.destroy();
      return;
    }
    const forget = (): void => void this.silent.delete(socket);
    this.silent.add(socket);
    socket.once('close', forget);
    socket.setTimeout(timeoutMs, giveUp);
    // Not only bytes, which are not taken: the end, too.
    socket.once('readable', () => {
      forget();
      socket.off('close', forget);
      socket.setTimeout(0, giveUp);
      if (socket.readableLength > 0) onBytes();
      // It left without a word. Had it to wait, its end would be over before HTTP could hear of it.
      else socket.destroy();
    });
  }

  private enter(socket: Socket, begin: () => void): void {
    try {
      this.pace.enter('connection', socket, begin);
    } catch {
      // Too many wait. There is no request yet that could be answered.
      socket.destroy();
    }
  }
}

function giveUp(this: Socket): void {
  this.destroy();
}
