import { Injectable } from '@nestjs/common';
import { Counts } from './counts';
import { LiveStats, Presence } from './presence';

/** The presence of a single node: counts of its own connections. */
@Injectable()
export class LocalPresence extends Presence {
  private readonly byUser = new Counts<number>();
  private readonly byTransport = new Counts<string>();
  private readonly byChat = new Map<number, Counts<number>>();
  private total = 0;

  isOnline(userId: number): boolean {
    return this.byUser.has(userId);
  }

  async listOnlineInChat(chatId: number): Promise<readonly number[]> {
    return [...(this.byChat.get(chatId)?.keys() ?? [])].sort((a, b) => a - b);
  }

  async stats(): Promise<LiveStats> {
    return {
      totalConnections: this.total,
      onlineUsers: this.byUser.size,
      activeChats: this.byChat.size,
      byTransport: Object.fromEntries(this.byTransport.entries()),
    };
  }

  opened(userId: number, transport: string): void {
    this.total++;
    this.byUser.increment(userId);
    this.byTransport.increment(transport);
  }

  /** @returns true if it was the person's last connection */
  closed(userId: number, transport: string): boolean {
    this.total--;
    this.byTransport.decrement(transport);
    return this.byUser.decrement(userId) === 0;
  }

  /** @returns true if the person came online in the chat by this */
  joined(chatId: number, userId: number): boolean {
    const users = this.byChat.get(chatId) ?? new Counts<number>();
    this.byChat.set(chatId, users);
    return users.increment(userId) === 1;
  }

  /** @returns true if the person went offline in the chat by this */
  left(chatId: number, userId: number): boolean {
    const users = this.byChat.get(chatId);
    if (!users) return false;
    const isOffline = users.decrement(userId) === 0;
    if (users.size === 0) this.byChat.delete(chatId);
    return isOffline;
  }
}
