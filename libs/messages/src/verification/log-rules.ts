import type { ChatEntity } from '@app/chats';
import type { Finding } from '@app/platform';

/** A row of a chat's log: a message, which has an ordinal, or another change. */
export interface LogEntry {
  readonly chatId: number;
  readonly seq: number;
  readonly ordinal?: number;
}

/**
 * Follows the log of one chat in the order of `seq`, and says where it is not what the chat's row promises:
 * every number from 1 to `lastSeq` once, messages counted without gaps.
 *
 * The log only grows, and a row is committed with its number. So a chat's row of one moment holds against log rows
 * that are read later, while others write: up to its `lastSeq` they don't change any more.
 */
export class LogVerdict {
  readonly findings: Finding[] = [];
  /** The highest number that stands behind what the chat's row knew. Younger, or damage: see the chat's row again. */
  beyond = 0;
  private lastSeen = 0;
  private lastMessageSeq = 0;
  private messages = 0;

  constructor(private readonly chat: Pick<ChatEntity, 'id' | 'lastSeq' | 'lastMessageSeq' | 'messageCount'>) {}

  take({ seq, ordinal }: LogEntry): void {
    if (seq > this.chat.lastSeq) {
      this.beyond = Math.max(this.beyond, seq);
      return;
    }
    if (seq === this.lastSeen) this.add('sequence', `seq ${seq} is there twice, as a message and as another change`);
    else if (seq > this.lastSeen + 1) this.addGap(this.lastSeen + 1, seq - 1);
    this.lastSeen = seq;
    if (ordinal !== undefined) this.takeMessage(seq, ordinal);
  }

  /** To be called after the last row. */
  end(): void {
    const { lastSeq, lastMessageSeq, messageCount } = this.chat;
    if (this.lastSeen < lastSeq) this.addGap(this.lastSeen + 1, lastSeq);
    if (this.lastMessageSeq !== lastMessageSeq) {
      this.add('count', `last_message_seq is ${lastMessageSeq}, but the last message has seq ${this.lastMessageSeq}`);
    }
    if (this.messages !== messageCount) {
      this.add('count', `message_count is ${messageCount}, but there are ${this.messages} messages`);
    }
  }

  private takeMessage(seq: number, ordinal: number): void {
    this.messages++;
    this.lastMessageSeq = seq;
    if (ordinal === this.messages) return;
    this.add('count', `the message with seq ${seq} has ordinal ${ordinal} instead of ${this.messages}`);
    // Said once: those behind it are counted on from here.
    this.messages = ordinal;
  }

  private addGap(from: number, to: number): void {
    const missing = from === to ? `seq ${from} is` : `seq ${from} to ${to} are`;
    this.add('sequence', `${missing} missing; last_seq is ${this.chat.lastSeq}`);
  }

  private add(kind: 'sequence' | 'count', problem: string): void {
    this.findings.push({ kind, text: `chat ${this.chat.id}: ${problem}` });
  }
}
