import type { Presence } from './presence';

/** Where a connection counts before it hears anything: until it is let in, or turns out not to be. */
export class PresenceAhead {
  private counted = new Set<number>();

  constructor(
    private readonly presence: Presence,
    private readonly userId: number,
  ) {}

  /** In these chats and no others. Resolves when that holds on all nodes. */
  async count(chatIds: ReadonlyMap<number, unknown>): Promise<void> {
    const { counted } = this;
    this.counted = new Set(chatIds.keys());
    this.leave([...counted].filter((chatId) => !this.counted.has(chatId)));
    await this.presence.joined(
      this.userId,
      [...this.counted].filter((chatId) => !counted.has(chatId)),
    );
  }

  /** It is let in: what it hears is what counts from now on. */
  keep(): void {
    this.counted.clear();
  }

  /** Of one that is not let in, nothing stays. */
  takeBack(): void {
    this.leave([...this.counted]);
    this.counted.clear();
  }

  private leave(chatIds: readonly number[]): void {
    if (chatIds.length > 0) this.presence.left(this.userId, chatIds);
  }
}
