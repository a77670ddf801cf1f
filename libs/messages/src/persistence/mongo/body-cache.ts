import { defineEvent, EventBus } from '@app/platform';
import { LRUCache } from 'lru-cache';
import type { StoredBody } from '../../message-bodies';

/** The messages that these bodies belonged to were deleted: no node may keep them. */
export const BodiesRemoved = defineEvent<{ readonly bodyIds: readonly number[] }>('messages.bodies_removed');

/** What an entry costs beside its text: keys, links, the object. */
const ENTRY_BYTES = 200;
/** A read that was under way while a body was removed must not bring it back; it is over long before this. */
const REMOVAL_REMEMBERED_MS = 60_000;
const REMOVALS_REMEMBERED = 50_000;

/** Bodies that were read or written lately, as many as fit. They never change; removed ones are dropped on every node. */
export class BodyCache {
  private readonly bodies: LRUCache<number, StoredBody> | undefined;
  private readonly removed = new LRUCache<number, true>({ max: REMOVALS_REMEMBERED, ttl: REMOVAL_REMEMBERED_MS });

  /** @param maxBytes 0 keeps nothing */
  constructor(maxBytes: number, events: EventBus) {
    if (maxBytes > 0) this.bodies = new LRUCache({ maxSize: maxBytes, sizeCalculation: sizeOf });
    events.on(BodiesRemoved, ({ bodyIds }) => this.drop(bodyIds));
    // A removal on another node may have been missed.
    events.onGap(() => this.bodies?.clear());
  }

  find(bodyId: number): StoredBody | undefined {
    return this.bodies?.get(bodyId);
  }

  put(bodyId: number, body: StoredBody): void {
    if (!this.removed.has(bodyId)) this.bodies?.set(bodyId, body);
  }

  private drop(bodyIds: readonly number[]): void {
    for (const bodyId of bodyIds) {
      this.removed.set(bodyId, true);
      this.bodies?.delete(bodyId);
    }
  }
}

/** At most two bytes a character. */
function sizeOf({ content, extras = '' }: StoredBody): number {
  return ENTRY_BYTES + 2 * (content.length + extras.length);
}
