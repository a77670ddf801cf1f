import type { DomainEvent } from '../event-bus';
import { writeEvent } from './bus-message';

/** Events, as text, that go to the same nodes in one message. */
export interface Packet {
  readonly topic: string | undefined;
  readonly events: string[];
  bytes: number;
}

/** Messages stay small enough for Redis to pass them on between others. */
const MAX_PACKET_BYTES = 1024 * 1024;

/**
 * As few packets as keep the order that was promised: events of one topic share one, but an event that goes to all
 * nodes comes after all that was published before it, and before all that was published after it.
 * @param onBad is told of events that can't be written
 */
export function pack(events: readonly DomainEvent[], onBad: (event: DomainEvent, error: unknown) => void): Packet[] {
  const packets: Packet[] = [];
  let open = new Map<string | undefined, Packet>();
  let isForAll = false;
  for (const event of events) {
    const text = tryToWrite(event, onBad);
    if (text === undefined) continue;
    if ((event.topic === undefined) !== isForAll) {
      open = new Map();
      isForAll = event.topic === undefined;
    }
    let packet = open.get(event.topic);
    const bytes = Buffer.byteLength(text);
    if (!packet || packet.bytes + bytes > MAX_PACKET_BYTES) {
      packet = { topic: event.topic, events: [], bytes: 0 };
      packets.push(packet);
      open.set(event.topic, packet);
    }
    packet.events.push(text);
    packet.bytes += bytes;
  }
  return packets;
}

function tryToWrite(event: DomainEvent, onBad: (event: DomainEvent, error: unknown) => void): string | undefined {
  try {
    return writeEvent(event);
  } catch (error) {
    onBad(event, error);
    return undefined;
  }
}
