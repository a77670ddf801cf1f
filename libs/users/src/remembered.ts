import type { EventBus } from '@app/platform';
import { LRUCache } from 'lru-cache';

const MAX_ENTRIES = 20_000;
/** While changes on other nodes may not be heard: with the time to notice that, still less than the 5 s in which an end must be felt everywhere. */
const BLIND_TTL_MS = 2000;

/**
 * What this node remembers of the database, as long as it hears of the changes: what changes is forgotten, all of it
 * when changes may have been missed, and while the bus is down nothing is remembered for long.
 */
export class Remembered<Key extends string | number, Value extends object> {
  private readonly entries = new LRUCache<Key, Value>({ max: MAX_ENTRIES });
  /** Counts what was forgotten, so that what was read before a change is not remembered after it. */
  private changes = 0;

  constructor(private readonly bus: EventBus) {}

  /** To be called once, when the module starts. */
  watch(): void {
    this.bus.onGap(() => {
      this.changes++;
      this.entries.clear();
    });
  }

  find(key: Key): Value | undefined {
    return this.entries.get(key);
  }

  forget(keys: readonly Key[]): void {
    this.changes++;
    for (const key of keys) this.entries.delete(key);
  }

  /** Reads, and remembers what was found unless something has changed meanwhile. */
  async load(read: () => Promise<readonly (readonly [Key, Value])[]>): Promise<readonly (readonly [Key, Value])[]> {
    const changes = this.changes;
    const found = await read();
    if (changes !== this.changes) return found;
    const ttl = this.bus.isWhole ? 0 : BLIND_TTL_MS;
    for (const [key, value] of found) this.entries.set(key, value, { ttl });
    return found;
  }
}
