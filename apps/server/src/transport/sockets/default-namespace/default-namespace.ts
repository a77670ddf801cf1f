import { Injectable } from '@nestjs/common';
import { Metrics } from '@app/platform';
import type { Namespace } from 'socket.io';
import { RoomOutbox } from '../room-outbox';
import { roomOfUser } from '../socket-io-connection';
import { roomOfDialect } from './open-namespace-connection';
import type { NamespaceDialect, NamespaceEvent } from './namespace-dialect';

/** Which dialects the default namespace has, and the way to their sockets. */
@Injectable()
export class DefaultNamespace {
  private readonly registered: NamespaceDialect[] = [];
  private names: readonly Namespace[] = [];

  constructor(private readonly metrics: Metrics) {}

  /** Dialects register when their module starts. */
  register(dialect: NamespaceDialect): void {
    const taken = [...dialect.events.keys()].find((event) => this.findEvent(event));
    if (taken !== undefined) throw new Error(`two dialects of the default namespace have the event ${taken}`);
    if (dialect.isFirst && this.registered[0]?.isFirst) throw new Error('two dialects want to be the first');
    if (dialect.isFirst) this.registered.unshift(dialect);
    else this.registered.push(dialect);
  }

  /** The one in which sockets begin comes first. */
  get dialects(): readonly NamespaceDialect[] {
    return this.registered;
  }

  /** The names of all events that clients may send. */
  get events(): readonly string[] {
    return this.registered.flatMap((dialect) => [...dialect.events.keys()]);
  }

  findEvent(name: string): { dialect: NamespaceDialect; event: NamespaceEvent } | undefined {
    for (const dialect of this.registered) {
      const event = dialect.events.get(name);
      if (event) return { dialect, event };
    }
    return undefined;
  }

  /**
   * Sends to every socket that speaks this dialect and hears the chat.
   * @param exceptId a connection that is left out
   */
  broadcast(
    dialect: NamespaceDialect,
    chatId: number,
    event: string,
    payload: NonNullable<unknown>,
    exceptId?: string,
  ): void {
    this.send(roomOfDialect(dialect, chatId), event, payload, exceptId);
  }

  /** Whether a socket that speaks this dialect hears the chat on this node. */
  isHeard(dialect: NamespaceDialect, chatId: number): boolean {
    const room = roomOfDialect(dialect, chatId);
    return this.names.some((namespace) => RoomOutbox.of(namespace).count(room) > 0);
  }

  /** Sends to every socket of a person, whatever it speaks. */
  tellUser(userId: number, event: string, payload: NonNullable<unknown>): void {
    for (const namespace of this.names) RoomOutbox.of(namespace).flush();
    this.send(roomOfUser(userId), event, payload);
  }

  /** Whether a person has a socket here, on this node. */
  hasSocketsOf(userId: number): boolean {
    return this.names.some((namespace) => namespace.adapter.rooms.has(roomOfUser(userId)));
  }

  /** The same namespace has several names; the gateway hands them in. */
  serveAs(names: readonly Namespace[]): void {
    this.names = names;
  }

  private send(room: string, event: string, payload: NonNullable<unknown>, exceptId?: string): void {
    for (const namespace of this.names) {
      const outbox = RoomOutbox.of(namespace);
      const size = outbox.count(room);
      if (size === 0) continue;
      this.metrics.deliveries.inc({ transport: 'socket.io' }, size);
      outbox.emit(room, event, JSON.stringify(payload), exceptId);
    }
  }
}
