import type { Actor, Metrics } from '@app/platform';
import type { CloseReason, Greeting, LiveConnection } from '@app/realtime';
import type { Socket } from 'socket.io';
import { answerDirectly } from './direct-answers';
import { EngineLink } from './engine-link';
import { Inbox } from './inbox';
import { RoomOutbox } from './room-outbox';

export function roomOfChat(chatId: number): string {
  return `chat:${chatId}`;
}

export function roomOfUser(userId: number): string {
  return `user:${userId}`;
}

/** A Socket.IO connection of someone, whatever its dialect; it hears all of the person's chats. */
export abstract class SocketIoConnection implements LiveConnection {
  readonly transport = 'socket.io';
  readonly inbox: Inbox;

  constructor(
    protected readonly socket: Socket,
    readonly actor: Actor,
    metrics: Metrics,
  ) {
    this.inbox = new Inbox(EngineLink.make(socket, metrics));
    answerDirectly(socket);
    this.enter(roomOfUser(actor.userId));
  }

  get isClosed(): boolean {
    return !this.socket.connected;
  }

  abstract greet(greeting: Greeting): void;

  join(chatId: number): void {
    this.enter(roomOfChat(chatId));
  }

  leave(chatId: number): void {
    this.exit(roomOfChat(chatId));
  }

  /** Clients reconnect by themselves after a lost transport, and not after being told to go: each reason gets what it wants. */
  close(reason: CloseReason): void {
    const comesBack = reason === 'too_slow' || reason === 'stopping';
    // One that is not in yet can't be told anything: only its transport can be closed.
    if (comesBack || this.isClosed) this.socket.conn.close(reason === 'too_slow');
    else this.socket.disconnect(true);
  }

  protected enter(room: string): void {
    this.outbox.flushRoom(room);
    void this.socket.join(room);
  }

  protected exit(room: string): void {
    this.outbox.flushRoom(room);
    void this.socket.leave(room);
  }

  protected get outbox(): RoomOutbox {
    return RoomOutbox.of(this.socket.nsp);
  }
}
