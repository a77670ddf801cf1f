import type { Database } from '@app/database';
import type { Finding, StoreCheck } from '@app/platform';
import { In } from 'typeorm';
import { BodyRemovalEntity } from '../persistence/body-removal.entity';
import type { BodyInventory, ListedBody } from './body-inventory';
import type { IdSet } from './id-set';

const HOUR_MS = 60 * 60_000;
/** The sweeper takes them after one day. */
const MAX_AGE_MS = 48 * HOUR_MS;

/**
 * Bodies that nothing points to. In a store of their own they are what a crash may leave, and the sweeper's to remove:
 * damage only if it did not. Beside the metadata there can be none at all.
 *
 * `BodyCensus` took down all bodies, then messages and after them revisions crossed out theirs: in this order, because
 * what points to a body is there as long as it is, and an edit moves it from the message to a revision. What is left,
 * and still there, nothing pointed to all the while.
 */
export class BodyCheck implements StoreCheck {
  readonly subject = 'unreferenced bodies';
  seen = 0;
  private readonly waiting = { count: 0, oldest: new Date() };

  constructor(
    private readonly database: Pick<Database, 'reads'>,
    private readonly inventory: BodyInventory,
    private readonly unreferenced: IdSet,
  ) {}

  async *findDamage(): AsyncGenerator<Finding> {
    for await (const page of this.inventory.pages()) {
      const suspects = page.filter(({ id }) => this.unreferenced.has(id));
      this.seen += suspects.length;
      for (const { id, writtenAt } of await this.findAbandoned(suspects)) {
        const age = writtenAt ? ` and was written at ${writtenAt.toISOString()}; the sweeper should have taken it` : '';
        yield { kind: 'body', text: `body ${id}: nothing points to it${age}` };
      }
    }
    if (this.waiting.count > 0) yield this.describeWaiting();
  }

  private async findAbandoned(suspects: readonly ListedBody[]): Promise<readonly ListedBody[]> {
    const old = suspects.filter((body) => !this.mayStay(body));
    if (old.length === 0) return [];
    const ids = old.map(({ id }) => id);
    // Of a message that was deleted a moment ago, the body is noted first, then removed, and then the note.
    const noted = await this.database.reads.findBy(BodyRemovalEntity, { bodyId: In(ids) });
    const leaving = new Set(noted.map(({ bodyId }) => bodyId));
    const existing = await this.inventory.findExisting(ids);
    return old.filter(({ id }) => existing.has(id) && !leaving.has(id));
  }

  /** Counts it, if it is young enough. */
  private mayStay({ writtenAt }: ListedBody): boolean {
    if (writtenAt === null || Date.now() - writtenAt.getTime() > MAX_AGE_MS) return false;
    this.waiting.count++;
    if (writtenAt < this.waiting.oldest) this.waiting.oldest = writtenAt;
    return true;
  }

  private describeWaiting(): Finding {
    const { count, oldest } = this.waiting;
    const hours = Math.floor((Date.now() - oldest.getTime()) / HOUR_MS);
    const text = `nothing points to ${count} bodies, or not yet; the oldest is ${hours} h old`;
    return { kind: 'body', text, isHarmless: true };
  }
}
