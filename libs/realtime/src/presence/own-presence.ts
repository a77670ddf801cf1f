import { Counts } from './counts';
import type { Step } from './presence-store';
import type { LiveStats } from './presence';

/** Who is connected to this node: counts of its own connections. */
export class OwnPresence {
  private readonly byUser = new Counts<number>();
  private readonly byTransport = new Counts<string>();
  private readonly byChat = new Map<number, Counts<number>>();
  private readonly usersOfTransports = new Map<string, Counts<number>>();
  private total = 0;

  isOnline(userId: number): boolean {
    return this.byUser.has(userId);
  }

  countOf(userId: number): number {
    return this.byUser.get(userId);
  }

  listOnlineInChat(chatId: number): readonly number[] {
    return [...(this.byChat.get(chatId)?.keys() ?? [])].sort((a, b) => a - b);
  }

  get stats(): LiveStats {
    return {
      totalConnections: this.total,
      onlineUsers: this.byUser.size,
      activeChats: this.byChat.size,
      byTransport: Object.fromEntries(this.byTransport.entries()),
    };
  }

  /** What led to this. */
  *listSteps(): Iterable<Step> {
    for (const [transport, users] of this.usersOfTransports) {
      for (const [userId, count] of users.entries()) {
        for (let n = 0; n < count; n++) yield ['open', userId, transport];
      }
    }
    for (const [chatId, users] of this.byChat) for (const userId of users.keys()) yield ['join', chatId, userId];
  }

  opened(userId: number, transport: string): void {
    this.total++;
    this.byTransport.increment(transport);
    this.byUser.increment(userId);
    const users = this.usersOfTransports.get(transport) ?? new Counts<number>();
    this.usersOfTransports.set(transport, users);
    users.increment(userId);
  }

  closed(userId: number, transport: string): void {
    this.total--;
    this.byTransport.decrement(transport);
    this.byUser.decrement(userId);
    this.usersOfTransports.get(transport)?.decrement(userId);
  }

  /** @returns the chats in which the person came online here by this */
  joined(userId: number, chatIds: readonly number[]): number[] {
    return chatIds.filter((chatId) => {
      const users = this.byChat.get(chatId) ?? new Counts<number>();
      this.byChat.set(chatId, users);
      return users.increment(userId) === 1;
    });
  }

  /** @returns the chats in which the person went offline here by this */
  left(userId: number, chatIds: readonly number[]): number[] {
    return chatIds.filter((chatId) => {
      const users = this.byChat.get(chatId);
      if (!users) return false;
      const isGone = users.decrement(userId) === 0;
      if (users.size === 0) this.byChat.delete(chatId);
      return isGone;
    });
  }
}
