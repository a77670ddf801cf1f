import type { Actor, DomainEvent } from '@app/platform';
import type { EntityManager } from 'typeorm';
import type { LockedChat } from './locked-chat';

/** Something that someone wants to change in a chat. */
export interface ChatWrite {
  readonly actor: Actor;
  readonly chatId: number;
}

/** What a write came to: the answer for its caller, and what the world is told once it is on disk. */
export interface Applied<Result> {
  readonly result: Result;
  readonly events?: readonly DomainEvent[];
}

/**
 * How one kind of write is carried out. Writes of many callers share a commit, so each step sees all of its kind:
 * the number of statements does not grow with their number.
 */
export abstract class ChatWriter<Write extends ChatWrite, Result, Prepared> {
  /** True if `apply` looks at more members than the actor. */
  readonly needsAllMembers: boolean = false;

  /** Before the transaction: whatever must not be done inside one, such as reserving ids. */
  async before(_writes: readonly Write[]): Promise<void> {
    // Most kinds need nothing.
  }

  /** Reads, for all writes at once, what `apply` will look at. */
  abstract prepare(tx: EntityManager, writes: readonly Write[]): Promise<Prepared>;

  /**
   * Decides one write, in the order in which they were asked for, and notes what is to be stored in `chat` and `prepared`.
   * Throws a named error before it has noted anything, so that a refused write leaves no trace and hinders no other.
   */
  abstract apply(write: Write, chat: LockedChat, prepared: Prepared): Applied<Result>;

  /** Whether what `flush` stored is there; undefined if nothing was to be stored that could tell. */
  async wasStored(_tx: EntityManager, _prepared: Prepared): Promise<boolean | undefined> {
    return undefined;
  }

  /** Stores what the writes noted in `prepared`. What they noted in their chats is stored by the log. */
  async flush(_tx: EntityManager, _prepared: Prepared): Promise<void> {
    // Some kinds change nothing but the chat itself.
  }

  /** Lets go of what is needed no more, once all kinds have stored theirs: one of them may have come to need it. */
  async release(_tx: EntityManager, _prepared: Prepared): Promise<void> {
    // Most kinds hold nothing.
  }
}
