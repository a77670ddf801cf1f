import type { Actor, DomainEvent } from '@app/platform';

/** Why the server ends a connection; each transport has its own way to say it. */
export type CloseReason =
  | 'session_ended' // logged out, password changed, account deleted, log-in expired
  | 'access_ended' // no longer a member of the one chat that it hears
  | 'too_slow' // its client reads more slowly than its chats talk
  | 'stopping'; // the server stops: come back in a moment

/** What a connection is told first: from here on it misses nothing. */
export interface Greeting {
  readonly userId: number;
  /** The chat that it hears, and the number of its latest change, if it hears only one. */
  readonly chatId?: number;
  readonly lastSeq?: number;
}

/** An open socket of someone, as a dialect's transport hands it in. None of these may throw. */
export interface LiveConnection {
  readonly actor: Actor;
  /** For counting: `websocket`, `socket.io`. */
  readonly transport: string;
  /** The one chat that it hears; without one it hears all chats of its user. */
  readonly onlyChatId?: number;
  greet(greeting: Greeting): void;
  /** From now on it gets what the dialect delivers to this chat. */
  join(chatId: number): void;
  leave(chatId: number): void;
  close(reason: CloseReason): void;
}

/** A dialect's way of telling its own sockets in a chat what has happened. */
export interface LiveDialect {
  /** Called in the order of the chat's changes. Must not wait for anything. */
  deliver(chatId: number, event: DomainEvent): void;
}
