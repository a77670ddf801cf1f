import type { Actor, DomainError } from '@app/platform';
import type { Socket } from 'socket.io';

/** A socket of the namespace, as dialects see it. It speaks one of them at a time. */
export interface NamespaceConnection {
  /** Names it among all connections, of all nodes. */
  readonly id: string;
  readonly actor: Actor;
  speaks(dialect: NamespaceDialect): boolean;
  emit(event: string, payload: unknown): void;
  /**
   * Hears the chat from now on, in the dialect that it speaks, until its user leaves the chat.
   * @returns false if its user is not in the chat, as far as this node has heard
   */
  tuneIn(chatId: number): boolean;
  /** Resolves when this node has heard that its user is in the chat: at once, or soon; with false if that does not come. */
  whenMember(chatId: number): Promise<boolean>;
  /** Hears the chat no more. */
  tuneOut(chatId: number): void;
  hears(chatId: number): boolean;
}

/** How one event that clients send is carried out. */
export interface NamespaceEvent {
  /** Which limit of the user it uses up. */
  readonly counts: 'messages' | 'requests';
  /** True if `run` has taken its place in the order of things when it returns; else the next event waits for its end. */
  readonly isOrderedAtOnce: boolean;
  /**
   * Checks the payload, calls the use case, and emits what the table says.
   * @param payload what the client sent first; undefined if nothing. Anything that JSON can say, and binary data
   * @returns what the acknowledgement gets
   * @throws DomainError, which the client is told of in the words of `sentenceOf`
   */
  run(connection: NamespaceConnection, payload: unknown): Promise<unknown>;
}

/** A dialect that is spoken in the default namespace. */
export interface NamespaceDialect {
  /** Unique; a part of the names of Socket.IO rooms. */
  readonly name: string;
  /** The events that its clients send. No two dialects may have the same. */
  readonly events: ReadonlyMap<string, NamespaceEvent>;
  /** True for the dialect that every socket begins with. */
  readonly isFirst: boolean;
  /** True if a socket hears all chats of its user; else those that it tunes in to. */
  readonly hearsEveryChat: boolean;
  /** What a client is told that was refused, in one sentence. */
  sentenceOf(error: DomainError): string;
  /** What every socket is told when it has come in, whatever it speaks. */
  greet?(connection: NamespaceConnection): void;
  /** A token that came in another way than `auth.token` and the header, such as a cookie. */
  findToken?(handshake: Socket['handshake']): string | undefined;
}
