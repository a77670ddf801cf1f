/** How many there are of each; what has none takes no room. */
export class Counts<Key> {
  private readonly counts = new Map<Key, number>();

  get size(): number {
    return this.counts.size;
  }

  keys(): Iterable<Key> {
    return this.counts.keys();
  }

  has(key: Key): boolean {
    return this.counts.has(key);
  }

  get(key: Key): number {
    return this.counts.get(key) ?? 0;
  }

  /** @returns the new count */
  increment(key: Key): number {
    const count = this.get(key) + 1;
    this.counts.set(key, count);
    return count;
  }

  /** @returns the new count */
  decrement(key: Key): number {
    const count = this.get(key) - 1;
    if (count > 0) this.counts.set(key, count);
    else this.counts.delete(key);
    return Math.max(0, count);
  }

  entries(): IterableIterator<[Key, number]> {
    return this.counts.entries();
  }
}
