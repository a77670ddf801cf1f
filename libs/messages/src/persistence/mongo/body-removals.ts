import { Database } from '@app/database';
import { BackgroundWork } from '@app/platform';
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
export class BodyRemovals extends BackgroundWork {
  constructor(
    private readonly database: Database,
    private readonly bodies: BodyCollection,
  ) {
    super({ everyMs: RETRY_MS, first: 'at start' });
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
    this.database.onCommitted(tx, () => void this.work());
  }

  protected async run(): Promise<void> {
    while ((await this.removePage()) && !this.isStopping);
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
