import type { KnownChat, LockedChat } from './locked-chat';

/** Rows of chats and of members. When there are more, all are forgotten. */
const MAX_ROWS = 20_000;

/**
 * The chats of the last commits as these left them, so that the next one need not read them. They hold until anything
 * at all is written by somebody else: the database gives a mark by which that can be told.
 */
export class RememberedChats {
  private chats = new Map<number, KnownChat>();
  private rows = 0;
  private mark: string | undefined;

  /** @param mark of the database as it is now; undefined if it can't be told who wrote last */
  asOf(mark: string | undefined): ReadonlyMap<number, KnownChat> {
    if (mark === undefined || mark !== this.mark) this.forget();
    return this.chats;
  }

  /**
   * Takes over what a commit left, once it is on disk.
   * @param mark of the database after that commit
   */
  replace(mark: string, chats: Iterable<LockedChat>): void {
    if (this.rows > MAX_ROWS) this.forget();
    this.mark = mark;
    for (const { id, left } of chats) {
      this.rows += sizeOf(left) - sizeOf(this.chats.get(id));
      if (left) this.chats.set(id, left);
      else this.chats.delete(id);
    }
  }

  private forget(): void {
    this.mark = undefined;
    if (this.rows === 0) return;
    this.chats = new Map();
    this.rows = 0;
  }
}

function sizeOf(known: KnownChat | undefined): number {
  return known ? 1 + known.members.size : 0;
}
