import { BackgroundWork, Clock } from '@app/platform';
import type { BodyCollection, BodyPosition } from './body-collection';
import type { BodyReferences } from './body-references';
import type { SweepLease } from './sweep-lease';

const INTERVAL_MS = 600_000;
const PAGE = 250;
/** Far above the time that any transaction can take, and any difference between clocks of nodes. */
const MIN_AGE_MS = 24 * 3_600_000;

/**
 * Removes bodies that nothing points to, a day after they were made: what a crash, a refusal or a failed transaction
 * left behind. Each body is looked at once, since what nothing points to after a day nothing ever will; what is taken
 * out of use later is noted by the deletion itself.
 */
export class BodySweeper extends BackgroundWork {
  constructor(
    private readonly bodies: BodyCollection,
    private readonly references: BodyReferences,
    private readonly lease: SweepLease,
    private readonly clock: Clock,
  ) {
    super({ everyMs: INTERVAL_MS, first: 'later' });
  }

  protected run(): Promise<number> {
    return this.sweep();
  }

  /**
   * Looks at all bodies that have come of age since the last time, page by page.
   * @returns how many it removed; 0 while another node is at it
   * @throws StoreUnavailable; the next sweep goes on from there
   */
  async sweep(): Promise<number> {
    let position = await this.lease.take();
    let removed = 0;
    try {
      while (position && !this.isStopping) {
        const page = await this.sweepPage(position);
        removed += page.removed;
        position = page.next && (await this.lease.advance(page.next)) ? page.next : null;
      }
    } finally {
      await this.lease.release();
    }
    if (removed > 0) this.logger.log({ removed }, 'removed bodies that nothing pointed to');
    return removed;
  }

  private async sweepPage(position: BodyPosition): Promise<{ removed: number; next: BodyPosition | null }> {
    const before = new Date(this.clock.now().getTime() - MIN_AGE_MS);
    const page = await this.bodies.listAfter(position, before, PAGE);
    let removed = 0;
    for (const suspect of await this.references.findUnreferenced(page)) {
      // Once more, right before: what is removed here can't be brought back.
      const confirmed = await this.references.findUnreferenced([suspect]);
      await this.bodies.delete(confirmed.map(({ _id }) => _id));
      removed += confirmed.length;
    }
    const last = page.at(-1);
    return { removed, next: last ? { at: last.created_at, bodyId: last._id } : null };
  }
}
