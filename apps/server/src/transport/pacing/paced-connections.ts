import { Injectable } from '@nestjs/common';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Pace } from './pace';

/** More than it takes until all have had their turn, unless thousands wait. */
const MAX_DRAIN_MS = 2000;

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
export class PacedConnections {
  /** HTTP knows neither these nor those: neither its timeouts nor its end would close them. */
  private readonly silent = new Set<Socket>();
  private readonly waiting = new Set<Socket>();

  constructor(private readonly pace: Pace) {}

  watch(server: Server): void {
    const [serve] = server.listeners('connection') as ((socket: Socket) => void)[];
    if (!serve) return;
    server.off('connection', serve);
    server.on('connection', (socket: Socket) => {
      this.accept(socket, server.headersTimeout, () => serve.call(server, socket));
    });
  }

  /**
   * To be called when nobody is accepted any more. Who has said something is handed over, who has not is closed; and so
   * are those whose turn has not come after {@link MAX_DRAIN_MS}.
   */
  async drain(): Promise<void> {
    const endsAt = performance.now() + MAX_DRAIN_MS;
    // What has come from somebody by now is read in these.
    for (let turns = 0; turns < 2; turns++) await setImmediate();
    for (const socket of this.silent) socket.destroy();
    while (this.waiting.size > 0 && performance.now() < endsAt) await setImmediate();
    for (const socket of this.waiting) socket.destroy();
  }

  private accept(socket: Socket, timeoutMs: number, serve: () => void): void {
    // Not the socket's own, which would stay with it for as long as it is open.
    const clock = setTimeout(() => socket.destroy(), timeoutMs).unref();
    const forget = (): void => {
      clearTimeout(clock);
      this.silent.delete(socket);
      this.waiting.delete(socket);
    };
    this.silent.add(socket);
    // Without a listener, a client that resets the connection meanwhile would end the process.
    socket.on('error', giveUp).once('close', forget);
    // Not only bytes, which are not taken: the end, too.
    socket.once('readable', () => {
      this.silent.delete(socket);
      clearTimeout(clock);
      // It left without a word. Had it to wait, its end would be over before HTTP could hear of it.
      if (socket.readableLength === 0) socket.destroy();
      else {
        this.enter(socket, () => {
          forget();
          socket.off('error', giveUp).off('close', forget);
          serve();
        });
      }
    });
  }

  private enter(socket: Socket, begin: () => void): void {
    this.waiting.add(socket);
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
