import type { LiveConnection } from './live-connection';

/**
 * A registered connection and what it hears. While its chats are being read from the database,
 * what happens meanwhile is noted, so that neither a new membership nor a removal slips through.
 */
export class OpenConnection {
  readonly chatIds = new Set<number>();
  private readonly removedMeanwhile = new Set<number>();
  private readonly addedMeanwhile = new Set<number>();
  private seenSeq = 0;
  isGreeted = false;
  isClosed = false;

  constructor(readonly connection: LiveConnection) {}

  get userId(): number {
    return this.connection.actor.userId;
  }

  mayHear(chatId: number): boolean {
    return this.connection.onlyChatId === undefined || this.connection.onlyChatId === chatId;
  }

  noteAdded(chatId: number): void {
    this.removedMeanwhile.delete(chatId);
    this.addedMeanwhile.add(chatId);
  }

  noteRemoved(chatId: number): void {
    this.addedMeanwhile.delete(chatId);
    this.removedMeanwhile.add(chatId);
  }

  noteChange(seq: number): void {
    this.seenSeq = Math.max(this.seenSeq, seq);
  }

  /** The chats that it is to hear, given those that the database named. */
  settleChats(read: readonly number[]): number[] {
    return [...new Set([...read, ...this.addedMeanwhile])].filter((chatId) => !this.removedMeanwhile.has(chatId));
  }

  /** The latest change that it did not hear: what the database said, or what was published since. */
  settleLastSeq(read: number): number {
    return Math.max(read, this.seenSeq);
  }
}
