import type { Actor, Metrics } from '@app/platform';
import type { CloseReason, Greeting, LiveConnection } from '@app/realtime';
import type { Socket } from 'socket.io';
import { watchBacklog } from './backlog';
import { coalesceFlushes } from './coalesce';
import { Inbox } from './inbox';

export function roomOfChat(chatId: number): string {
  return `chat:${chatId}`;
}

export function roomOfUser(userId: number): string {
  return `user:${userId}`;
}

/** Connections beneath that are looked after: several sockets, and one after the other, may share one. */
const lookedAfter = new WeakSet<object>();

function lookAfter(socket: Socket, onTooSlow: () => void): void {
  const { conn } = socket;
  if (lookedAfter.has(conn)) return;
  lookedAfter.add(conn);
  coalesceFlushes(socket);
  watchBacklog(socket, () => {
    if (conn.readyState !== 'open') return;
    onTooSlow();
    conn.close(true);
  });
}

/** A Socket.IO connection of someone, whatever its dialect; it hears all of the person's chats. */
export abstract class SocketIoConnection implements LiveConnection {
  readonly transport = 'socket.io';
  readonly inbox = new Inbox();

  constructor(
    protected readonly socket: Socket,
    readonly actor: Actor,
    metrics: Metrics,
  ) {
    void socket.join(roomOfUser(actor.userId));
    lookAfter(socket, () => metrics.slowReaders.inc({ transport: this.transport }));
  }

  get isClosed(): boolean {
    return !this.socket.connected;
  }

  abstract greet(greeting: Greeting): void;

  join(chatId: number): void {
    void this.socket.join(roomOfChat(chatId));
  }

  leave(chatId: number): void {
    void this.socket.leave(roomOfChat(chatId));
  }

  /** Clients reconnect by themselves after a lost transport, and not after being told to go: each reason gets what it wants. */
  close(reason: CloseReason): void {
    const comesBack = reason === 'too_slow' || reason === 'stopping';
    // One that is not in yet can't be told anything: only its transport can be closed.
    if (comesBack || this.isClosed) this.socket.conn.close(reason === 'too_slow');
    else this.socket.disconnect(true);
  }
}
