import type { Frame } from '../shapes/frames';
import type { Actor } from '@app/platform';
import type { V1Door } from '../live/v1-live';

/** A raw WebSocket, as its rooms see it. */
interface Member {
  readonly actor: Actor;
  send(encoded: Buffer): void;
}

/** Which raw WebSockets hear which chat. */
export class RawRooms implements V1Door {
  private readonly rooms = new Map<number, Set<Member>>();

  join(chatId: number, connection: Member): void {
    const room = this.rooms.get(chatId) ?? new Set<Member>();
    this.rooms.set(chatId, room.add(connection));
  }

  leave(chatId: number, connection: Member): void {
    const room = this.rooms.get(chatId);
    if (room?.delete(connection) && room.size === 0) this.rooms.delete(chatId);
  }

  /** Encodes once for the whole room. */
  broadcast(chatId: number, frame: Frame, exceptUserId: number | undefined): void {
    const room = this.rooms.get(chatId);
    if (!room) return;
    const encoded = Buffer.from(JSON.stringify(frame));
    for (const connection of room) {
      if (connection.actor.userId !== exceptUserId) connection.send(encoded);
    }
  }
}
