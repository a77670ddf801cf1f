/** Something that a store says and that can't be, as a check of the stored data reports it. */
export interface Finding {
  /** The promise that is broken; findings are counted by it. */
  readonly kind: 'sequence' | 'count' | 'pointer' | 'body' | 'unread' | 'membership' | 'id' | 'media';
  /** One line, with the ids that an operator needs to look it up; never a message's text. */
  readonly text: string;
  /** Worth knowing, and no damage. */
  readonly isHarmless?: boolean;
}

/**
 * Compares what is stored with one promise. Only reads, a page at a time, and may run while servers write:
 * what it gives was true of the store at one moment.
 */
export interface StoreCheck {
  /** What it goes through, for people: `messages`. */
  readonly subject: string;
  /** How many of those it has seen so far. */
  readonly seen: number;
  findDamage(): AsyncIterable<Finding>;
}
