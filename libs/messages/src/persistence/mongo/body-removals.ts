import { BeforeApplicationShutdown, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '@app/database';
import { StoreUnavailable } from '@app/platform';
import { EntityManager, In } from 'typeorm';
import { BodyRemovalEntity } from '../body-removal.entity';
import type { BodyCollection } from './body-collection';

const PAGE = 500;
/** For what is left over by a node that ended, or while MongoDB was away. */
const RETRY_MS = 5000;

/**
 * Removes bodies whose messages were deleted. What is to go is noted with the deletion, in one transaction,
 * and the note stays until MongoDB has confirmed: so a crash at any point only delays it. All nodes work on all notes;
 * removing twice does no harm.
 */
export class BodyRemovals implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(BodyRemovals.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isAskedAgain = false;
  private isClosing = false;

  constructor(
    private readonly database: Database,
    private readonly bodies: BodyCollection,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), RETRY_MS).unref();
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.isClosing = true;
    await this.running;
  }

  /** Notes them; they go once the transaction has committed. */
  async request(tx: EntityManager, bodyIds: readonly number[]): Promise<void> {
    for (let start = 0; start < bodyIds.length; start += PAGE) {
      const rows = bodyIds.slice(start, start + PAGE).map((bodyId): BodyRemovalEntity => ({ bodyId }));
      await tx
        .createQueryBuilder()
        .insert()
        .into(BodyRemovalEntity)
        .values(rows)
        .orIgnore()
        .updateEntity(false)
        .execute();
    }
    this.database.onCommitted(tx, () => this.wake());
  }

  /** Works off what is noted, now or right after what is under way. */
  wake(): void {
    this.isAskedAgain = true;
    this.running ??= this.work();
  }

  private async work(): Promise<void> {
    try {
      while (this.isAskedAgain && !this.isClosing) {
        this.isAskedAgain = false;
        while ((await this.removePage()) && !this.isClosing);
      }
    } catch (error) {
      // The note is still there, and the timer comes back to it.
      if (!(error instanceof StoreUnavailable)) this.logger.error({ err: error }, 'bodies could not be removed');
    } finally {
      this.running = undefined;
    }
  }

  private async removePage(): Promise<boolean> {
    const noted = await this.database.reads.find(BodyRemovalEntity, { take: PAGE });
    if (noted.length === 0) return false;
    const bodyIds = noted.map(({ bodyId }) => bodyId);
    await this.bodies.delete(bodyIds);
    await this.database.transaction((tx) => tx.delete(BodyRemovalEntity, { bodyId: In(bodyIds) }));
    return noted.length === PAGE;
  }
}
