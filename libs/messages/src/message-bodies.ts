import type { EntityManager } from 'typeorm';

export interface NewBody {
  readonly id: number;
  readonly content: string;
}

/**
 * Port: where the texts of messages stand. A body is immutable; what makes it visible is a pointer in the metadata store.
 * So at worst a body is left that nothing points to, and never a pointer without its body.
 */
export abstract class MessageBodies {
  /** On disk, at the latest, when the transaction commits. */
  abstract add(tx: EntityManager, bodies: readonly NewBody[]): Promise<void>;

  /** The texts by their ids; those that are not there are missing in the answer. */
  abstract findContents(bodyIds: readonly number[], view?: EntityManager): Promise<Map<number, string>>;

  /** Gone once the transaction has committed, not before. */
  abstract remove(tx: EntityManager, bodyIds: readonly number[]): Promise<void>;
}
