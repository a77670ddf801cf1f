import type { WebSocket } from 'ws';
import { Beats, Timed } from '../../../transport/sockets/beats';
import { writeFrames } from '../../../transport/sockets/coalesce';
import { HEARTBEAT_MS } from '../../../transport/sockets/io-adapter';

/** A frame, and always the same: no need to have `ws` make one for each. */
const PING = Buffer.from([0x89, 0]);

/** What is used of the TCP socket beneath. */
interface Heard {
  readonly bytesRead: number;
}

/** Pings every socket it watches, and drops those of which nothing came since the ping before: half-open ones within 41 s. */
export class Heartbeat {
  private readonly beats = new Beats();

  /** @param heard by which it is known to live: the answer to a ping may wait behind much else that its client sends */
  watch(socket: WebSocket, heard: Heard): void {
    const pulse = new Pulse(socket, heard, this.beats);
    socket.on('close', () => this.beats.clear(pulse));
  }
}

/** Each has its own, counted from when it came: so not all are pinged at once. */
class Pulse implements Timed {
  beat: number | undefined;
  private bytesAtPing: number | undefined;

  constructor(
    private readonly socket: WebSocket,
    private readonly heard: Heard,
    private readonly beats: Beats,
  ) {
    beats.set(this, HEARTBEAT_MS);
  }

  onBeat(): void {
    const { bytesRead } = this.heard;
    if (bytesRead === this.bytesAtPing) {
      this.socket.terminate();
      return;
    }
    this.bytesAtPing = bytesRead;
    if (!writeFrames(this.socket, PING)) this.socket.ping();
    this.beats.set(this, HEARTBEAT_MS);
  }
}
