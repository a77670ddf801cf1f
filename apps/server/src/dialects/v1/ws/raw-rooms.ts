import type { Actor } from '@app/platform';
import { FrameRun } from '../../../transport/sockets/frames';
import { Outbox } from '../../../transport/sockets/outbox';
import type { EncodedFrame } from '../live/encoded-frame';
import type { V1Door } from '../live/v1-live';

/** A raw WebSocket, as its rooms see it. */
interface Member {
  readonly actor: Actor;
  send(frames: FrameRun): void;
}

interface Outgoing {
  readonly text: string;
  /** Whose sockets are left out. */
  readonly exceptUserId: number | undefined;
}

/** Which raw WebSockets hear which chat. Each gets what is told in one turn in one piece, encoded once for the whole room. */
export class RawRooms implements V1Door {
  private readonly rooms = new Map<number, Set<Member>>();
  private readonly outbox = new Outbox<number, Outgoing>((chatId, frames) => this.send(chatId, frames));

  join(chatId: number, connection: Member): void {
    this.outbox.flushRoom(chatId);
    const room = this.rooms.get(chatId) ?? new Set<Member>();
    this.rooms.set(chatId, room.add(connection));
  }

  leave(chatId: number, connection: Member): void {
    this.outbox.flushRoom(chatId);
    const room = this.rooms.get(chatId);
    if (room?.delete(connection) && room.size === 0) this.rooms.delete(chatId);
  }

  broadcast(chatId: number, frame: EncodedFrame, exceptUserId: number | undefined): void {
    if (this.rooms.has(chatId)) this.outbox.add(chatId, { text: frame.json, exceptUserId });
  }

  private send(chatId: number, frames: readonly Outgoing[]): void {
    const forMost = new FrameRun(textsOf(frames));
    const isForAll = frames.every(({ exceptUserId }) => exceptUserId === undefined);
    for (const member of this.rooms.get(chatId) ?? []) {
      const own = isForAll ? frames : frames.filter(({ exceptUserId }) => exceptUserId !== member.actor.userId);
      if (own.length === frames.length) member.send(forMost);
      else if (own.length > 0) member.send(new FrameRun(textsOf(own)));
    }
  }
}

function textsOf(frames: readonly Outgoing[]): string[] {
  return frames.map(({ text }) => text);
}
