import type { Namespace, Socket } from 'socket.io';
import { ENGINE_MESSAGE, EngineLink } from './engine-link';
import { FrameRun } from './frames';
import { Outbox } from './outbox';
import { eventPacket } from './packets';

/** A packet of Socket.IO on its way to a room. */
interface Outgoing {
  readonly text: string;
  /** A room whose sockets are left out. */
  readonly except: string | undefined;
}

const outboxes = new WeakMap<Namespace, RoomOutbox>();

/** The events of one namespace on their way to its rooms: encoded once, and in one piece for each socket and turn. */
export class RoomOutbox {
  private readonly outbox = new Outbox<string, Outgoing>((room, packets) => this.send(room, packets));

  private constructor(private readonly namespace: Namespace) {}

  static of(namespace: Namespace): RoomOutbox {
    const known = outboxes.get(namespace) ?? new RoomOutbox(namespace);
    outboxes.set(namespace, known);
    return known;
  }

  /** How many sockets are in the room. */
  count(room: string): number {
    return this.namespace.adapter.rooms.get(room)?.size ?? 0;
  }

  /**
   * Sends an event with one argument to those who are in the room now.
   * @param json the argument
   */
  emit(room: string, event: string, json: string, except?: string): void {
    this.outbox.add(room, { text: eventPacket(this.namespace.name, event, json), except });
  }

  /** To be called before a socket enters or leaves the room. */
  flushRoom(room: string): void {
    this.outbox.flushRoom(room);
  }

  /** To be called before something else is sent that is not to overtake what waits. */
  flush(): void {
    this.outbox.flush();
  }

  private send(room: string, packets: readonly Outgoing[]): void {
    const forMost = new FrameRun(textsOf(packets), ENGINE_MESSAGE);
    const isForAll = packets.every(({ except }) => except === undefined);
    for (const id of this.namespace.adapter.rooms.get(room) ?? []) {
      const socket = this.namespace.sockets.get(id);
      if (!socket) continue;
      const own = isForAll ? packets : packets.filter((packet) => isFor(socket, packet));
      if (own.length === packets.length) EngineLink.send(socket, forMost);
      else if (own.length > 0) EngineLink.send(socket, new FrameRun(textsOf(own), ENGINE_MESSAGE));
    }
  }
}

function textsOf(packets: readonly Outgoing[]): string[] {
  return packets.map(({ text }) => text);
}

function isFor({ rooms }: Socket, { except }: Outgoing): boolean {
  return except === undefined || !rooms.has(except);
}
