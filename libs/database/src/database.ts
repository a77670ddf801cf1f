import { Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** What `find` is given to keep the rows as they are until the transaction ends. */
export interface RowLock {
  readonly lock?: { readonly mode: 'pessimistic_write' | 'pessimistic_read' };
}

/**
 * Marks of all that is written: one of what a transaction finds, and one of what it leaves. If a later transaction finds
 * what this one left, nobody has written anything between them, and what was known then still holds.
 */
export interface WriteMarks {
  readonly found: string;
  readonly left: string;
}

/** The one door to the metadata store. Nothing else opens a connection or a transaction. */
export abstract class Database {
  private readonly logger = new Logger(Database.name);
  private readonly onceCommitted = new WeakMap<EntityManager, (() => void)[]>();

  /** For single read statements; sees what is committed. Not for writing. */
  abstract get reads(): EntityManager;

  /** For rows that this transaction goes on to change: whoever else wants that waits. */
  abstract readonly forUpdate: RowLock;

  /** For rows that this transaction relies on: whoever wants to change them waits; whoever only relies on them, too, does not. */
  abstract readonly forShare: RowLock;

  /**
   * Runs `work` in a transaction: all of it is on disk when the promise resolves, nothing of it when it rejects.
   * `work` may be run again if the store asks for that, so it must change nothing but the store and what it made itself.
   * What it read without a lock may have been changed by others when it writes.
   * Never start one inside another: it could wait for itself.
   * @throws StoreUnavailable; CommitOutcomeUnknown, the one case in which it may be on disk all the same
   */
  abstract transaction<Result>(work: (tx: EntityManager) => Promise<Result>): Promise<Result>;

  /** Runs several reads that must agree with each other: all see the same moment. */
  abstract snapshot<Result>(work: (view: EntityManager) => Promise<Result>): Promise<Result>;

  /**
   * Undefined where it can't be told whether somebody else has written, because there are other nodes.
   * @param tx one of {@link transaction}
   */
  abstract marksOf(tx: EntityManager): Promise<WriteMarks | undefined>;

  /** Asks the store for a sign of life. Rejects if it can't serve. */
  abstract ping(): Promise<void>;

  /** Waits for the writes under way and closes what this door opened. */
  abstract close(): Promise<void>;

  /** Runs `work` once the transaction is on disk, and never if it isn't. What it throws is logged. */
  onCommitted(tx: EntityManager, work: () => void): void {
    const works = this.onceCommitted.get(tx) ?? [];
    works.push(work);
    this.onceCommitted.set(tx, works);
  }

  /** For the adapters: the transaction is on disk. */
  protected tellCommitted(tx: EntityManager): void {
    for (const work of this.onceCommitted.get(tx) ?? []) {
      try {
        work();
      } catch (error) {
        this.logger.error({ err: error }, 'what was to be done after a commit failed');
      }
    }
  }
}
