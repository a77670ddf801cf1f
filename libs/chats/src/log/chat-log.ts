import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@app/database';
import { Clock, DomainError, EventBus, Metrics, ServiceBusy } from '@app/platform';
import { CommitOfWrites, PendingWrite } from './commit-of-writes';
import { CommitDoubts } from './commit-doubts';
import { ChatLogRepository } from './chat-log.repository';
import type { ChatWrite, ChatWriter } from './chat-write';
import { WriteQueue } from './write-queue';

/** Writes that go to disk together at most; more wait for the next commit. */
const MAX_BATCH = 256;

/**
 * The one commit pipeline of all chats. Writes that arrive while a commit is under way form the next one:
 * a commit costs as much for one as for a hundred. There is no timer; an idle server commits at once.
 *
 * Promises: writes are applied in the order of the `commit` calls; each gets its answer after it is on disk;
 * the world hears of them in the same order; one that fails fails alone.
 */
@Injectable()
export class ChatLog {
  private readonly logger = new Logger(ChatLog.name);
  private readonly waiting: WriteQueue;
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly repository: ChatLogRepository,
    private readonly doubts: CommitDoubts,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {
    this.waiting = new WriteQueue(metrics);
  }

  /**
   * Takes its place in the order at once, before anything is awaited.
   * @throws ServiceBusy when too many writes wait, or this one has waited too long; and whatever the writer's `apply` throws
   */
  commit<Write extends ChatWrite, Result, Prepared>(
    writer: ChatWriter<Write, Result, Prepared>,
    write: Write,
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.waiting.push({ writer, write, resolve, reject } as unknown as PendingWrite);
      this.running ??= this.run();
    });
  }

  /** Resolves when everything that was asked for so far is answered. */
  async drain(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.waiting.isEmpty) {
      // Lets the sends that the sockets have already received in this turn join the batch.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = this.waiting.take(MAX_BATCH);
      if (batch.length > 0) await this.commitBatch(batch);
    }
    this.running = undefined;
  }

  private async commitBatch(batch: readonly PendingWrite[]): Promise<void> {
    const stopTimer = this.metrics.commitDuration.startTimer();
    const commit = new CommitOfWrites(batch, this.repository, this.clock.now());
    try {
      await commit.before();
      await this.doubts.resolve(commit, () => this.database.transaction((tx) => commit.run(tx)));
    } catch (error) {
      await this.recover(batch, error);
      return;
    }
    stopTimer();
    this.metrics.commitBatchSize.observe(batch.length);
    this.events.publish(...commit.events);
    commit.settle();
  }

  /** The whole batch was rolled back. Alone, each write shows whether it was the one. */
  private async recover(batch: readonly PendingWrite[], error: unknown): Promise<void> {
    if (error instanceof DomainError && error.kind === 'unavailable') {
      this.refuseAll(batch, error);
      return;
    }
    const [first] = batch;
    if (batch.length === 1 && first) {
      if (!(error instanceof DomainError)) this.logger.error({ err: error }, 'a write failed');
      first.reject(error);
      return;
    }
    this.logger.warn({ err: error, size: batch.length }, 'a commit failed; its writes are tried one by one');
    for (const entry of batch) await this.commitBatch([entry]);
  }

  /** A store can't serve: it was no single write's fault, and those who wait behind have waited as long. */
  private refuseAll(batch: readonly PendingWrite[], error: DomainError): void {
    for (const { reject } of batch) reject(error);
    const behind = this.waiting.refuseAll(
      new ServiceBusy('The server can not store anything now; try again in a moment.', 2),
    );
    this.logger.error({ err: error, size: batch.length, behind }, 'a store can not take writes');
  }
}
