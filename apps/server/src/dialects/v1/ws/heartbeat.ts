import type { WebSocket } from 'ws';
import { HEARTBEAT_MS } from '../../../transport/sockets/io-adapter';

/** Pings every socket it watches, and drops those that have not answered the ping before: half-open ones within 40 s. */
export class Heartbeat {
  private readonly awaited = new Map<WebSocket, boolean>();
  private timer: NodeJS.Timeout | undefined;

  watch(socket: WebSocket): void {
    this.awaited.set(socket, false);
    socket.on('pong', () => this.awaited.set(socket, false));
    socket.on('close', () => this.forget(socket));
    this.timer ??= setInterval(() => this.beat(), HEARTBEAT_MS).unref();
  }

  private forget(socket: WebSocket): void {
    this.awaited.delete(socket);
    if (this.awaited.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private beat(): void {
    for (const [socket, isAwaited] of this.awaited) {
      if (isAwaited) {
        socket.terminate();
        continue;
      }
      this.awaited.set(socket, true);
      socket.ping();
    }
  }
}
