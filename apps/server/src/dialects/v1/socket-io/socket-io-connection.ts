import type { Actor, Metrics } from '@app/platform';
import type { CloseReason, Greeting } from '@app/realtime';
import type { Socket } from 'socket.io';
import { watchBacklog } from '../../../transport/sockets/backlog';
import { coalesceFlushes } from '../../../transport/sockets/coalesce';
import { Inbox } from '../live/inbox';
import type { V1Connection } from '../live/v1-connection';

export function roomOfChat(chatId: number): string {
  return `chat:${chatId}`;
}

export function roomOfUser(userId: number): string {
  return `user:${userId}`;
}

/** A Socket.IO connection of someone; it hears all of the person's chats. */
export class SocketIoConnection implements V1Connection {
  readonly transport = 'socket.io';
  readonly inbox = new Inbox();

  constructor(
    private readonly socket: Socket,
    readonly actor: Actor,
    metrics: Metrics,
  ) {
    void socket.join(roomOfUser(actor.userId));
    coalesceFlushes(socket);
    watchBacklog(socket, () => {
      if (this.isClosed) return;
      metrics.slowReaders.inc({ transport: this.transport });
      this.close('too_slow');
    });
  }

  get isClosed(): boolean {
    return !this.socket.connected;
  }

  greet({ userId }: Greeting): void {
    this.socket.emit('connected', { type: 'connected', user_id: userId });
  }

  join(chatId: number): void {
    void this.socket.join(roomOfChat(chatId));
  }

  leave(chatId: number): void {
    void this.socket.leave(roomOfChat(chatId));
  }

  /** Clients reconnect by themselves after a lost transport, and not after being told to go: each reason gets what it wants. */
  close(reason: CloseReason): void {
    const comesBack = reason === 'too_slow' || reason === 'stopping';
    if (comesBack) this.socket.conn.close(reason === 'too_slow');
    else this.socket.disconnect(true);
  }
}
