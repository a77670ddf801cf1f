import type { LogEntry } from './log-rules';

/** Two streams in the order of chat and `seq` as one in that order, holding one row of each. */
export async function* mergeBySeq(
  one: AsyncIterator<LogEntry>,
  other: AsyncIterator<LogEntry>,
): AsyncGenerator<LogEntry> {
  let [left, right] = [await one.next(), await other.next()];
  while (!left.done && !right.done) {
    if (isBehind(left.value, right.value)) {
      yield right.value;
      right = await other.next();
    } else {
      yield left.value;
      left = await one.next();
    }
  }
  for (; !left.done; left = await one.next()) yield left.value;
  for (; !right.done; right = await other.next()) yield right.value;
}

function isBehind(one: LogEntry, other: LogEntry): boolean {
  return one.chatId === other.chatId ? one.seq > other.seq : one.chatId > other.chatId;
}
