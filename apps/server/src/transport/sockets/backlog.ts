import type { Socket } from 'socket.io';
import { MAX_UNSENT_BYTES } from './io-adapter';

/** A reader that is over the limit for so long is slow; a burst that leaves as fast as the network goes is not. */
const GRACE_MS = 1000;
/** More than one commit can bring at once: nobody gets this far who reads at all. */
const MAX_BURST_BYTES = 16 * MAX_UNSENT_BYTES;

/**
 * Finds the reader who lets more than {@link MAX_UNSENT_BYTES} pile up. It is not judged in the turn that wrote,
 * in which nothing had a chance to leave yet, but when it had the time to catch up.
 */
export class SlowReaderWatch {
  private timer: NodeJS.Timeout | undefined;

  /** @param onTooSlow called at most once in {@link GRACE_MS} */
  constructor(
    private readonly unsentBytes: () => number,
    private readonly onTooSlow: () => void,
  ) {}

  /** To be called after each write. */
  check(): void {
    const unsent = this.unsentBytes();
    if (unsent <= MAX_UNSENT_BYTES) return;
    if (unsent > MAX_BURST_BYTES) this.onTooSlow();
    else this.timer ??= setTimeout(() => this.judge(), GRACE_MS).unref();
  }

  private judge(): void {
    this.timer = undefined;
    if (this.unsentBytes() > MAX_UNSENT_BYTES) this.onTooSlow();
  }
}

interface Packet {
  readonly data?: unknown;
}

/** What is looked at of an Engine.IO transport: only WebSockets have an inner `socket` that counts what it holds. */
interface Transport {
  readonly writable: boolean;
  readonly socket?: { readonly bufferedAmount?: number };
}

/**
 * Watches over a Socket.IO connection. Engine.IO keeps packets while its transport is busy and has no bound of its own:
 * they are counted as they come (`packetCreate`) and forgotten when they are handed over (`flush`);
 * the WebSocket counts what it still holds.
 */
export function watchBacklog(engine: Socket['conn'], onTooSlow: () => void): SlowReaderWatch {
  const transportOf = (): Transport => engine.transport;
  let waitingBytes = 0;
  const watch = new SlowReaderWatch(() => waitingBytes + (transportOf().socket?.bufferedAmount ?? 0), onTooSlow);
  engine.on('packetCreate', (packet: Packet) => {
    // Handed over in this turn: there is nothing to wait for, and nothing to count.
    if (transportOf().writable) return;
    waitingBytes += sizeOf(packet.data);
    watch.check();
  });
  engine.on('flush', () => {
    waitingBytes = 0;
  });
  return watch;
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return Buffer.byteLength(data);
  return Buffer.isBuffer(data) ? data.byteLength : 0;
}
