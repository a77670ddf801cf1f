import type { Socket } from 'socket.io';
import { MAX_UNSENT_BYTES } from './io-adapter';

interface Packet {
  readonly data?: unknown;
}

/** What is looked at of an Engine.IO transport: only WebSockets have an inner `socket` that counts what it holds. */
interface Transport {
  readonly writable: boolean;
  readonly socket?: { readonly bufferedAmount?: number };
}

/**
 * Calls `onFull` when more than {@link MAX_UNSENT_BYTES} wait to be sent to a client that reads too slowly.
 * Engine.IO keeps packets while its transport is busy and has no bound of its own: they are counted as they come
 * (`packetCreate`) and forgotten when they are handed over (`flush`); the WebSocket counts what it still holds.
 */
export function watchBacklog(socket: Socket, onFull: () => void): void {
  const { conn } = socket;
  let waitingBytes = 0;
  conn.on('packetCreate', (packet: Packet) => {
    const transport: Transport = conn.transport;
    // Goes out in this turn: there is nothing to wait for, and nothing to count.
    if (transport.writable) return;
    waitingBytes += sizeOf(packet.data);
    if (waitingBytes + (transport.socket?.bufferedAmount ?? 0) > MAX_UNSENT_BYTES) onFull();
  });
  conn.on('flush', () => {
    waitingBytes = 0;
  });
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return Buffer.byteLength(data);
  return Buffer.isBuffer(data) ? data.byteLength : 0;
}
