import type { Socket } from 'socket.io';
import { MAX_UNSENT_BYTES } from './io-adapter';

/** A reader that is over the limit for so long is slow; a burst that leaves as fast as the network goes is not. */
const GRACE_MS = 1000;
/** More than one commit can bring at once: nobody gets this far who reads at all. */
const MAX_BURST_BYTES = 16 * MAX_UNSENT_BYTES;

/** A connection of which somebody reads. */
export interface Watched {
  readonly unsentBytes: number;
  /** Called at most once in {@link GRACE_MS}. */
  onTooSlow(): void;
}

/**
 * Finds the reader who lets more than {@link MAX_UNSENT_BYTES} pile up. It is not judged in the turn that wrote,
 * in which nothing had a chance to leave yet, but when it had the time to catch up.
 */
export class SlowReaderWatch {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly watched: Watched) {}

  /** To be called after each write. */
  check(): void {
    const { unsentBytes } = this.watched;
    if (unsentBytes <= MAX_UNSENT_BYTES) return;
    if (unsentBytes > MAX_BURST_BYTES) this.watched.onTooSlow();
    else this.timer ??= setTimeout(() => this.judge(), GRACE_MS).unref();
  }

  private judge(): void {
    this.timer = undefined;
    if (this.watched.unsentBytes > MAX_UNSENT_BYTES) this.watched.onTooSlow();
  }
}

/** What is looked at of a packet of Engine.IO. */
export interface EnginePacket {
  readonly data?: unknown;
}

/** What is looked at of an Engine.IO transport: only WebSockets have an inner `socket` that counts what it holds. */
interface Transport {
  readonly writable: boolean;
  readonly socket?: { readonly bufferedAmount?: number };
}

/**
 * What a Socket.IO connection has not sent yet. Engine.IO keeps packets while its transport is busy and has no bound of
 * its own: they are counted as they come (`packetCreate`) and forgotten when they are handed over (`flush`);
 * the WebSocket counts what it still holds.
 */
export class EngineBacklog {
  private waitingBytes = 0;

  constructor(private readonly engine: Socket['conn']) {}

  get unsentBytes(): number {
    return this.waitingBytes + (this.transport.socket?.bufferedAmount ?? 0);
  }

  /** @returns false for a packet that is handed over in this turn: there is nothing to wait for, and nothing to count */
  hold({ data }: EnginePacket): boolean {
    if (this.transport.writable) return false;
    this.waitingBytes += sizeOf(data);
    return true;
  }

  handedOver(): void {
    this.waitingBytes = 0;
  }

  private get transport(): Transport {
    return this.engine.transport;
  }
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return Buffer.byteLength(data);
  return Buffer.isBuffer(data) ? data.byteLength : 0;
}
