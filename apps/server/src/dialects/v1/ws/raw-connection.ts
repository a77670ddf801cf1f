import type { Actor, Metrics } from '@app/platform';
import type { CloseReason, Greeting } from '@app/realtime';
import { WebSocket } from 'ws';
import { SlowReaderWatch, Watched } from '../../../transport/sockets/backlog';
import { writeFrames } from '../../../transport/sockets/coalesce';
import { FrameRun } from '../../../transport/sockets/frames';
import { Inbox } from '../../../transport/sockets/inbox';
import type { V1Connection } from '../live/v1-connection';
import type { RawRooms } from './raw-rooms';

/** The codes of this dialect; see docs/realtime.md. */
export const CLOSE_CODES = {
  session_ended: 4401,
  access_ended: 4404,
  too_many: 4429,
  too_slow: 1013,
  stopping: 1001,
  failed: 1011,
} as const satisfies Record<CloseReason | 'too_many' | 'failed', number>;

/** A raw WebSocket of someone in one chat. */
export class RawConnection implements V1Connection, Watched {
  readonly transport = 'websocket';
  readonly inbox: Inbox;
  private readonly slowness = new SlowReaderWatch(this);

  constructor(
    private readonly socket: WebSocket,
    readonly actor: Actor,
    readonly onlyChatId: number,
    private readonly rooms: RawRooms,
    private readonly metrics: Metrics,
  ) {
    this.inbox = new Inbox(socket);
  }

  get isClosed(): boolean {
    return this.socket.readyState !== WebSocket.OPEN;
  }

  get unsentBytes(): number {
    return this.socket.bufferedAmount;
  }

  greet({ userId, chatId, lastSeq }: Greeting): void {
    this.sendFrame({ type: 'connected', user_id: userId, chat_id: chatId, last_seq: lastSeq });
  }

  join(chatId: number): void {
    this.rooms.join(chatId, this);
  }

  leave(chatId: number): void {
    this.rooms.leave(chatId, this);
  }

  sendFrame(frame: object): void {
    this.send(new FrameRun([JSON.stringify(frame)]));
  }

  /** Sends encoded frames; a client that lets too much pile up is cut off and catches up later. */
  send(frames: FrameRun): void {
    if (this.isClosed) return;
    if (!writeFrames(this.socket, frames.bytes)) for (const text of frames.texts) this.socket.send(text);
    this.metrics.deliveries.inc({ transport: this.transport }, frames.texts.length);
    this.slowness.check();
  }

  close(reason: CloseReason): void {
    this.socket.close(CLOSE_CODES[reason], reason);
  }

  onTooSlow(): void {
    if (this.isClosed) return;
    this.metrics.slowReaders.inc({ transport: this.transport });
    this.close('too_slow');
  }
}
