import type { LiveConnection } from './live-connection';

/** A registered connection and what it hears. */
export class OpenConnection {
  /** The chats that it hears, each with the number of the change as of which its user is known to be a member. */
  readonly heard = new Map<number, number>();
  /** The chats whose streams are kept for it: those that it hears, and those that it is about to. */
  readonly held = new Set<number>();
  isGreeted = false;
  isClosed = false;
  /** A membership of its user changed: what was read before that may not be true any more. */
  isOutdated = false;

  constructor(readonly connection: LiveConnection) {}

  get userId(): number {
    return this.connection.actor.userId;
  }

  mayHear(chatId: number): boolean {
    return this.connection.onlyChatId === undefined || this.connection.onlyChatId === chatId;
  }
}
