import { LightSocketIo } from './light-socket-io.mts';

export const ROOM_MEMBERS = 100;
const SENDERS = 10;
const OUTSTANDING_PER_SENDER = 10;
const CONTENT = 'x'.repeat(100);

export interface RoomResult {
  readonly messagesPerSecond: number;
  readonly deliveriesPerSecond: number;
}

/**
 * Everybody hears everything: a few members send as fast as they are answered, and every delivery is counted.
 * @throws if a message that was acknowledged did not reach every member exactly once
 */
export async function runRoom(
  members: readonly LightSocketIo[],
  chatId: number,
  seconds: number,
  outstanding = OUTSTANDING_PER_SENDER,
): Promise<RoomResult> {
  for (const member of members) member.deliveries = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let acknowledged = 0;
  const keepSending = async (member: LightSocketIo): Promise<void> => {
    while (performance.now() < endsAt) {
      const answer = await member.request('message', { chat_id: chatId, content: CONTENT });
      if (!answer.includes('"ok":true')) throw new Error(`a message was refused: ${answer}`);
      acknowledged++;
    }
  };
  const senders = members.slice(0, SENDERS).flatMap((member) => Array<LightSocketIo>(outstanding).fill(member));
  await Promise.all(senders.map(keepSending));
  await waitForDeliveries(members, acknowledged);
  const elapsedSeconds = (performance.now() - startedAt) / 1000;
  return {
    messagesPerSecond: acknowledged / elapsedSeconds,
    deliveriesPerSecond: (acknowledged * members.length) / elapsedSeconds,
  };
}

async function waitForDeliveries(members: readonly LightSocketIo[], expected: number): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (members.some(({ deliveries }) => deliveries < expected)) {
    if (performance.now() > deadline) break;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const wrong = members.filter(({ deliveries }) => deliveries !== expected);
  if (wrong.length > 0) {
    throw new Error(`${wrong.length} members got ${wrong[0]?.deliveries} instead of ${expected} messages`);
  }
}
