import { type Room, startCounting, waitForDeliveries } from './flood.mts';
import { readNumber } from './light-client.mts';
import { loadMeter } from './load-meter.mts';

const SENDERS = 10;
const CHARACTERS = 100;
const CONTENT = Buffer.from('"content":"');

export interface Latency {
  /** From the moment at which a message was due to a delivery of it, over all deliveries. */
  readonly p99Ms: number;
  readonly busy: number;
}

/**
 * Sends at fixed times, whatever comes back: who waits for a slow answer before sending the next message measures
 * a server that hangs only once.
 * @param until the end of the sending; what was sent by then is waited for
 * @param options.rests between frames, for where another process needs the core: see `LoadMeter`
 * @throws if a message did not reach every member exactly once and in order
 */
export async function sendOnTime(
  room: Room,
  perSecond: number,
  until: Promise<unknown>,
  { rests = false }: { readonly rests?: boolean } = {},
): Promise<Latency> {
  startCounting(room);
  const latencies: number[] = [];
  const dueTimes: number[] = [];
  const answers: Promise<void>[] = [];
  const startedAt = performance.now();
  let isOver = false;
  for (const member of room.members) {
    member.onDelivery = (bytes, start) => {
      const number = readNumber(bytes, bytes.indexOf(CONTENT, start) + CONTENT.length);
      latencies.push(performance.now() - (dueTimes[number] ?? NaN));
    };
  }
  const sendDue = (): void => {
    for (;;) {
      const number = dueTimes.length;
      const dueAt = startedAt + (number * 1000) / perSecond;
      if (isOver || performance.now() < dueAt) return;
      dueTimes.push(dueAt);
      const answer = room.members[number % SENDERS]?.send(room.chatId, `${number} `.padEnd(CHARACTERS, 'x'));
      // It is waited for in the end.
      answer?.catch(() => undefined);
      if (answer) answers.push(answer);
    }
  };
  const { busy } = await loadMeter.during(
    async () => {
      await until;
      isOver = true;
      await Promise.all(answers);
      await waitForDeliveries(room, answers.length);
    },
    sendDue,
    rests,
  );
  for (const member of room.members) member.onDelivery = undefined;
  return { p99Ms: percentile(latencies, 0.99), busy };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
