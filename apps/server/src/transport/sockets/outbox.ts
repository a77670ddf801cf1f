/**
 * What is to be sent to rooms, gathered until the end of the turn: a commit tells its chats many things at once,
 * and each socket gets them in one piece. It ends with the commit, whose size is bounded.
 *
 * They leave before anything else that was started in this turn goes on: an answer does not overtake the news.
 */
export class Outbox<Room, Item> {
  private waiting = new Map<Room, Item[]>();

  constructor(private readonly send: (room: Room, items: readonly Item[]) => void) {}

  add(room: Room, item: Item): void {
    const items = this.waiting.get(room);
    if (items) {
      items.push(item);
      return;
    }
    if (this.waiting.size === 0) queueMicrotask(() => this.flush());
    this.waiting.set(room, [item]);
  }

  /** To be called before somebody comes or goes: what waits is for those who are there now. */
  flushRoom(room: Room): void {
    const items = this.waiting.get(room);
    if (!items) return;
    this.waiting.delete(room);
    this.send(room, items);
  }

  flush(): void {
    const waiting = this.waiting;
    // A map that is emptied and filled again keeps V8 from freeing what it held before.
    this.waiting = new Map();
    for (const [room, items] of waiting) this.send(room, items);
  }
}
