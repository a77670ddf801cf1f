import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { Database } from '@app/database';
import { CommitOutcomeUnknown, DomainError, EventBus } from '@app/platform';
import { ChatsMayHaveChanged } from '../chats.events';
import type { CommitOfWrites } from './commit-of-writes';

/** How long callers are kept waiting while the database is asked what became of their commit. */
const ASK_WITHIN_MS = 2000;
const ASK_EVERY_MS = 100;
/** Chats to look at later; more than these are found by whoever looks for holes. */
const MAX_CHATS = 100_000;
const LOOK_EVERY_MS = 1000;

/**
 * What to do about a commit whose connection was lost before the server had answered: it is asked, and only what is
 * certainly not there is run again. Where it can't be asked in time, the callers are told that nobody knows,
 * and all nodes to look at the chats as soon as the database is back.
 */
@Injectable()
export class CommitDoubts implements OnApplicationShutdown {
  private readonly logger = new Logger(CommitDoubts.name);
  private readonly chatIds = new Set<number>();
  private readonly stopping = new AbortController();
  private looking: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
  ) {}

  /**
   * Runs the commit until it is known to be on disk.
   * @throws CommitOutcomeUnknown, and whatever `run` throws
   */
  async resolve(commit: CommitOfWrites, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof CommitOutcomeUnknown)) throw error;
      this.logger.warn({ err: error, chats: commit.chatIds.length }, 'the outcome of a commit is unknown; asking');
      const wasStored = await this.ask(commit, error);
      this.logger.log({ wasStored }, 'the outcome of a commit is known');
      if (!wasStored) await run();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.looking;
  }

  private async ask(commit: CommitOfWrites, doubt: CommitOutcomeUnknown): Promise<boolean> {
    const deadline = Date.now() + ASK_WITHIN_MS;
    while (Date.now() < deadline) {
      try {
        return await this.database.transaction((tx) => commit.wasStored(tx));
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        await setTimeout(ASK_EVERY_MS);
      }
    }
    this.lookLater(commit.chatIds);
    throw doubt;
  }

  private lookLater(chatIds: readonly number[]): void {
    for (const chatId of chatIds) if (this.chatIds.size < MAX_CHATS) this.chatIds.add(chatId);
    this.looking ??= this.look().finally(() => (this.looking = undefined));
  }

  private async look(): Promise<void> {
    while (this.chatIds.size > 0 && !this.stopping.signal.aborted) {
      await setTimeout(LOOK_EVERY_MS, undefined, { ref: false, signal: this.stopping.signal }).catch(() => undefined);
      if (await this.isBack()) this.tell();
    }
  }

  private async isBack(): Promise<boolean> {
    return this.database.ping().then(
      () => true,
      () => false,
    );
  }

  private tell(): void {
    const chatIds = [...this.chatIds];
    this.chatIds.clear();
    this.events.publish(ChatsMayHaveChanged({ chatIds }));
  }
}
