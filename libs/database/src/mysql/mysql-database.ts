import { setTimeout } from 'node:timers/promises';
import { CommitOutcomeUnknown, StoreUnavailable } from '@app/platform';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { Database, RowLock } from '../database';
import { hasYielded, isLost, isStalled } from './mysql-failures';

/** A transaction that had to yield, or lost its connection before its commit, is tried so often altogether. */
const MAX_ATTEMPTS = 5;
const MAX_PAUSE_MS = 50;

/** MySQL or MariaDB, shared by all nodes: transactions of any number of callers run side by side. */
export class MysqlDatabase extends Database {
  readonly forUpdate: RowLock = { lock: { mode: 'pessimistic_write' } };
  readonly forShare: RowLock = { lock: { mode: 'pessimistic_read' } };

  /** @param options.ownsSource if nobody else closes the data source */
  constructor(
    private readonly source: DataSource,
    private readonly options: { readonly ownsSource: boolean } = { ownsSource: false },
  ) {
    super();
  }

  get reads(): EntityManager {
    return this.source.manager;
  }

  async transaction<Result>(work: (tx: EntityManager) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        const isTransient = hasYielded(error) || (isLost(error) && !isStalled(error));
        if (!isTransient) throw isLost(error) ? new StoreUnavailable('The database', error) : error;
        if (attempt >= MAX_ATTEMPTS) throw new StoreUnavailable('The database', error);
        // At random, so that two that hindered each other don't meet again.
        await setTimeout(Math.random() * MAX_PAUSE_MS * attempt);
      }
    }
  }

  async snapshot<Result>(work: (view: EntityManager) => Promise<Result>): Promise<Result> {
    return this.withRunner(async (runner) => {
      await runner.startTransaction('REPEATABLE READ');
      const result = await work(runner.manager);
      await runner.commitTransaction();
      return result;
    });
  }

  /** Other nodes write, too. */
  async marksOf(): Promise<undefined> {
    return undefined;
  }

  async ping(): Promise<void> {
    await this.source.query('SELECT 1');
  }

  async close(): Promise<void> {
    if (this.options.ownsSource) await this.source.destroy();
  }

  private attempt<Result>(work: (tx: EntityManager) => Promise<Result>): Promise<Result> {
    return this.withRunner(async (runner) => {
      await runner.startTransaction();
      const result = await work(runner.manager);
      await commit(runner);
      this.tellCommitted(runner.manager);
      return result;
    });
  }

  /** Gives the connection back as if nothing had been begun, however `work` ends. */
  private async withRunner<Result>(work: (runner: QueryRunner) => Promise<Result>): Promise<Result> {
    const runner = this.source.createQueryRunner();
    try {
      return await work(runner);
    } catch (error) {
      await abandon(runner, error);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/** Once the server was told to commit, only it knows what became of it. */
async function commit(runner: QueryRunner): Promise<void> {
  try {
    await runner.commitTransaction();
  } catch (error) {
    throw isLost(error) ? new CommitOutcomeUnknown(error) : error;
  }
}

/** Where the connection is gone, the server rolls back by itself. */
async function abandon(runner: QueryRunner, error: unknown): Promise<void> {
  if (!runner.isTransactionActive || isLost(error) || error instanceof CommitOutcomeUnknown) return;
  await runner.rollbackTransaction().catch(() => undefined);
}
