import { isDeepStrictEqual } from 'node:util';
import type { Door } from './doors';
import type { Frame, Message } from './wire';

/** A message that somebody tried to send. */
export interface Attempt {
  readonly key: string;
  readonly writer: string;
  readonly chatId: number;
  readonly content: string;
}

/** What writers remember of their messages, so that it can be compared with what is there in the end. */
export class Ledger {
  readonly acknowledged = new Map<string, Message>();
  /** Neither acknowledged nor refused: the server died on them. */
  readonly open = new Map<string, Attempt>();
  private count = 0;

  constructor(private readonly onAck: () => void = () => undefined) {}

  next(writer: string, chatId: number): Attempt {
    const key = `${writer}-${++this.count}`;
    return { key, writer, chatId, content: `message ${key}` };
  }

  /** Sends it; resolves when it is acknowledged. Rejects if there is no answer, and keeps it open then. */
  async send(door: Door, attempt: Attempt): Promise<Message> {
    this.open.set(attempt.key, attempt);
    const { key, chatId: chat_id, content } = attempt;
    const verdict = await door.send({ chat_id, content, client_id: key });
    if (!verdict.ok || !verdict.message) throw new Error(`not taken: ${JSON.stringify(verdict)}`);
    this.open.delete(key);
    this.acknowledged.set(key, verdict.message);
    this.onAck();
    return verdict.message;
  }

  /** What is wrong with the changes of one chat, compared with what was acknowledged in it. */
  compare(chatId: number, changes: readonly Frame[]): string[] {
    const there = new Map<string, Message[]>();
    for (const { type, message } of changes) {
      if (type !== 'new_message' || !message) continue;
      const key = message.client_id ?? 'none';
      there.set(key, [...(there.get(key) ?? []), message]);
    }
    const wrong: string[] = [];
    for (const [key, acknowledged] of this.acknowledged) {
      if (acknowledged.chat_id !== chatId) continue;
      const found = there.get(key) ?? [];
      if (found.length !== 1) wrong.push(`${key} is there ${found.length} times`);
      else if (!isDeepStrictEqual(found[0], acknowledged)) wrong.push(`${key} is not as acknowledged`);
    }
    for (const [key, found] of there) {
      if (found.length > 1) wrong.push(`${key} was doubled`);
    }
    return wrong;
  }
}
