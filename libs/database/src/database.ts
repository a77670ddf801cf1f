import { Mutex } from '@app/platform';
import type { DataSource, EntityManager } from 'typeorm';

/**
 * The one door to the metadata store. Nothing else opens a transaction.
 *
 * TypeORM keeps a single connection to SQLite, on which overlapping transactions would become savepoints of one:
 * a rollback of one would take the other's writes along. So writes run one at a time on a connection of their own,
 * plain reads on a second, read-only one, and reads that need a snapshot one at a time on a third.
 */
export class Database {
  private readonly writes = new Mutex();
  private readonly snapshots = new Mutex();

  constructor(
    private readonly writer: DataSource,
    private readonly reader: DataSource,
    private readonly snapshotReader: DataSource,
  ) {}

  /** For single read statements; sees what is committed. Not for writing: the connection refuses it. */
  get reads(): EntityManager {
    return this.reader.manager;
  }

  /**
   * Runs `work` in a transaction: all of it is on disk when the promise resolves, nothing of it when it rejects.
   * Never start one inside another: it would wait for itself.
   */
  transaction<Result>(work: (tx: EntityManager) => Promise<Result>): Promise<Result> {
    return this.writes.run(() => this.writer.transaction(work));
  }

  /** Runs several reads that must agree with each other: all see the same moment. */
  snapshot<Result>(work: (view: EntityManager) => Promise<Result>): Promise<Result> {
    return this.snapshots.run(() => this.snapshotReader.transaction(work));
  }

  /** Asks the store for a sign of life. Rejects if it can't serve. */
  async ping(): Promise<void> {
    await this.reader.query('SELECT 1');
  }

  /** Waits for the write under way and closes what this door opened. */
  async close(): Promise<void> {
    await this.writes.run(async () => undefined);
    await Promise.all([this.reader.destroy(), this.snapshotReader.destroy()]);
  }
}
