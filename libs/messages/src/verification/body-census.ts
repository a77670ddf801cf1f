import type { Finding, StoreCheck } from '@app/platform';
import type { BodyInventory } from './body-inventory';
import type { IdSet } from './id-set';

/** Takes down which bodies there are, before what points to them is looked at: the first half of `BodyCheck`. */
export class BodyCensus implements StoreCheck {
  readonly subject = 'bodies';
  seen = 0;

  constructor(
    private readonly inventory: BodyInventory,
    private readonly unreferenced: IdSet,
  ) {}

  async *findDamage(): AsyncGenerator<Finding> {
    for await (const page of this.inventory.pages()) {
      this.seen += page.length;
      for (const { id } of page) this.unreferenced.add(id);
    }
    // Nothing is wrong with any of them yet.
    yield* [];
  }
}
