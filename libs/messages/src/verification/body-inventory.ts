/** A body, without what it says. */
export interface ListedBody {
  readonly id: number;
  /** Null where a body and what points to it are one transaction: then its age means nothing. */
  readonly writtenAt: Date | null;
}

const PAGE_SIZE = 1000;

/** Port: which bodies a store holds, for checking it; what they say stays there. */
export abstract class BodyInventory {
  /** The next bodies by id. */
  abstract listAfter(id: number, limit: number): Promise<ListedBody[]>;

  /** Which of these are there now. */
  abstract findExisting(ids: readonly number[]): Promise<Set<number>>;

  /** 0 if there is none. */
  abstract findHighestId(): Promise<number>;

  /** All of them by id, a page at a time. */
  async *pages(): AsyncGenerator<readonly ListedBody[]> {
    let after = -1;
    for (;;) {
      const page = await this.listAfter(after, PAGE_SIZE);
      yield page;
      const last = page.at(-1);
      if (!last || page.length < PAGE_SIZE) return;
      after = last.id;
    }
  }
}
