import { setImmediate } from 'node:timers/promises';
import type { LightClient } from './light-client.mts';
import { loadMeter } from './load-meter.mts';

const CONTENT = 'x'.repeat(100);
const DELIVERED_WITHIN_MS = 30_000;

/** Some who hear each other. */
export interface Room {
  readonly chatId: number;
  readonly members: readonly LightClient[];
}

export interface FloodResult {
  readonly messages: number;
  readonly messagesPerSecond: number;
  readonly deliveriesPerSecond: number;
  /** Share of the time in which the load itself had something to do. */
  readonly busy: number;
}

/**
 * Everybody hears everything: members send as fast as they are answered, and every delivery is counted.
 * @param lanes of each room: who sends, one message after the other; as often in the list as messages are on their way
 * @throws if a message that was acknowledged did not reach every member of its room exactly once and in order
 */
export async function flood(
  rooms: readonly Room[],
  lanes: (room: Room) => readonly LightClient[],
  seconds: number,
): Promise<FloodResult> {
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const { result, busy } = await loadMeter.during(async () => {
    const counts = await Promise.all(rooms.map((room) => floodRoom(room, lanes(room), endsAt)));
    const elapsedSeconds = (performance.now() - startedAt) / 1000;
    const messages = counts.reduce((sum, count) => sum + count, 0);
    const deliveries = counts.reduce((sum, count, index) => sum + count * (rooms[index]?.members.length ?? 0), 0);
    return { messages, messagesPerSecond: messages / elapsedSeconds, deliveriesPerSecond: deliveries / elapsedSeconds };
  });
  return { ...result, busy };
}

async function floodRoom(room: Room, senders: readonly LightClient[], endsAt: number): Promise<number> {
  startCounting(room);
  let acknowledged = 0;
  const keepSending = async (sender: LightClient): Promise<void> => {
    while (performance.now() < endsAt) {
      await sender.send(room.chatId, CONTENT);
      acknowledged++;
    }
  };
  await Promise.all(senders.map(keepSending));
  await waitForDeliveries(room, acknowledged);
  return acknowledged;
}

export function startCounting({ members }: Room): void {
  for (const member of members) member.deliveries = 0;
}

/** @throws if not every member has got them all, each once and in order */
export async function waitForDeliveries({ members }: Room, expected: number): Promise<void> {
  const deadline = performance.now() + DELIVERED_WITHIN_MS;
  while (members.some(({ deliveries }) => deliveries < expected) && performance.now() < deadline) await setImmediate();
  const wrong = members.filter(({ deliveries, faults }) => deliveries !== expected || faults > 0);
  const [first] = wrong;
  if (!first) return;
  throw new Error(
    `${wrong.length} of ${members.length} members got something else than ${expected} messages in order: ` +
      `the first of them ${first.deliveries}, ${first.faults} of which did not follow the one before`,
  );
}
