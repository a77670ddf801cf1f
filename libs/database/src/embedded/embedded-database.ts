import { Mutex } from '@app/platform';
import { DataSource, DataSourceOptions, EntityManager } from 'typeorm';
import { Database, RowLock, WriteMarks } from '../database';

/**
 * SQLite in this process.
 *
 * TypeORM keeps a single connection to SQLite, on which overlapping transactions would become savepoints of one:
 * a rollback of one would take the other's writes along. So writes run one at a time on a connection of their own,
 * plain reads on a second, read-only one, and reads that need a snapshot one at a time on a third.
 */
export class EmbeddedDatabase extends Database {
  /** Writes run one at a time: there is nobody to lock a row against. */
  readonly forUpdate: RowLock = {};
  readonly forShare: RowLock = {};
  private readonly writes = new Mutex();
  private readonly snapshots = new Mutex();
  /** So many were begun. */
  private transactions = 0;
  private readonly numbers = new WeakMap<EntityManager, number>();

  constructor(
    private readonly writer: DataSource,
    private readonly reader: DataSource,
    private readonly snapshotReader: DataSource,
  ) {
    super();
  }

  /** The connection refuses writes. */
  get reads(): EntityManager {
    return this.reader.manager;
  }

  transaction<Result>(work: (tx: EntityManager) => Promise<Result>): Promise<Result> {
    return this.writes.run(async () => {
      let used: EntityManager | undefined;
      const result = await this.writer.transaction((tx) => {
        used = tx;
        this.numbers.set(tx, ++this.transactions);
        return work(tx);
      });
      if (used) this.tellCommitted(used);
      return result;
    });
  }

  snapshot<Result>(work: (view: EntityManager) => Promise<Result>): Promise<Result> {
    return this.snapshots.run(() => this.snapshotReader.transaction(work));
  }

  /** By the number of the transaction, and by whether somebody wrote to the file past this door: by hand, say. */
  async marksOf(tx: EntityManager): Promise<WriteMarks | undefined> {
    const number = this.numbers.get(tx);
    if (number === undefined) return undefined;
    const [version]: { data_version: number }[] = await tx.query('PRAGMA data_version');
    return { found: `${number} ${version?.data_version}`, left: `${number + 1} ${version?.data_version}` };
  }

  async ping(): Promise<void> {
    await this.reader.query('SELECT 1');
  }

  async close(): Promise<void> {
    await this.writes.run(async () => undefined);
    await Promise.all([this.reader.destroy(), this.snapshotReader.destroy()]);
  }
}

/** Opens the connections that only read; the writer has brought the schema up to date. */
export async function openEmbeddedDatabase(writer: DataSource): Promise<EmbeddedDatabase> {
  const readOnly = { ...writer.options, readonly: true, migrationsRun: false } as DataSourceOptions;
  const openReader = () => new DataSource(readOnly).initialize();
  return new EmbeddedDatabase(writer, await openReader(), await openReader());
}
