import type { LiveConnection } from './live-connection';

/** A registered connection and what it hears. */
export class OpenConnection {
  /** Of the chats whose streams are kept for it: the `seq` as of which it hears one, undefined if it is only about to. */
  private readonly held = new Map<number, number | undefined>();
  isGreeted = false;
  isClosed = false;
  /** A membership of its user changed: what was read before that may not be true any more. */
  isOutdated = false;

  constructor(readonly connection: LiveConnection) {}

  get userId(): number {
    return this.connection.actor.userId;
  }

  /** The chats whose streams are kept for it: those that it hears, and those that it is about to. */
  get heldChatIds(): Iterable<number> {
    return this.held.keys();
  }

  get heardChatIds(): number[] {
    return [...this.held.keys()].filter((chatId) => this.hears(chatId));
  }

  holds(chatId: number): boolean {
    return this.held.has(chatId);
  }

  hears(chatId: number): boolean {
    return this.held.get(chatId) !== undefined;
  }

  /** The number of the change as of which its user is known to be a member of a chat that it hears. */
  hearsSince(chatId: number): number | undefined {
    return this.held.get(chatId);
  }

  hold(chatId: number): void {
    if (!this.holds(chatId)) this.held.set(chatId, undefined);
  }

  hear(chatId: number, seq: number): void {
    this.held.set(chatId, seq);
  }

  /** Its stream is still kept. */
  hearNoMore(chatId: number): void {
    if (this.holds(chatId)) this.held.set(chatId, undefined);
  }

  release(chatId: number): void {
    this.held.delete(chatId);
  }

  mayHear(chatId: number): boolean {
    return this.connection.onlyChatId === undefined || this.connection.onlyChatId === chatId;
  }
}
