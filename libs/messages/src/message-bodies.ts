import type { EntityManager } from 'typeorm';

/** What a message says. Never changes: an edit is another body. */
export interface StoredBody {
  readonly content: string;
  /** The other fields of a message that was sent as an object, as JSON text; absent if it was a text. */
  readonly extras?: string;
}

/** @param extras null or undefined for none, as stores say it */
export function bodyFrom(content: string, extras: string | null | undefined): StoredBody {
  return typeof extras === 'string' ? { content, extras } : { content };
}

export interface NewBody extends StoredBody {
  /** Given by the application; never used for anything else. */
  readonly id: number;
  /** The message that it is for: how a body that nothing points to is told from one in use. */
  readonly messageId: number;
}

/**
 * Port: where the texts of messages stand. A body is immutable; what makes it visible is a pointer in the metadata store.
 * So at worst a body is left that nothing points to, and never a pointer without its body.
 *
 * The order of things: `stage`, then the transaction with `add` and the pointer. A store of its own keeps the bodies
 * before the transaction; one that stands beside the metadata, in it.
 * @throws StoreUnavailable, all of them that return a promise
 */
export abstract class MessageBodies {
  /**
   * Before the transaction, once for all bodies that it may add. A body that is staged and not added is removed in time;
   * staging the same once more, after an answer that was lost, changes nothing.
   */
  abstract stage(bodies: readonly NewBody[]): Promise<void>;

  /** In the transaction: these staged bodies are wanted. On disk, at the latest, when it commits. */
  abstract add(tx: EntityManager, bodies: readonly NewBody[]): Promise<void>;

  /** In the transaction: once it has committed, and not before, these staged bodies may go, since nothing will point to them. */
  abstract discard(tx: EntityManager, bodyIds: readonly number[]): void;

  /** Bodies by their ids; those that are not there are missing in the answer. */
  abstract findBodies(bodyIds: readonly number[], view?: EntityManager): Promise<Map<number, StoredBody>>;

  /** In the transaction: gone soon after it has committed, whatever happens, and not before. */
  abstract remove(tx: EntityManager, bodyIds: readonly number[]): Promise<void>;
}
