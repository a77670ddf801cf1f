/** How many are connected, over all nodes. */
export interface LiveStats {
  readonly totalConnections: number;
  readonly onlineUsers: number;
  /** Chats that somebody hears. */
  readonly activeChats: number;
  readonly byTransport: Readonly<Record<string, number>>;
}

/**
 * Port: who is online, over all nodes. Someone is, while any of their connections is open;
 * and online in a chat, while one of these hears it. The adapter publishes `CameOnline` and `WentOffline`
 * when the first one hears a chat, and when the last one has gone, wherever they are.
 */
export abstract class Presence {
  /** Answers at once, from what this node knows. */
  abstract isOnline(userId: number): boolean;

  /** In the order of their ids. At most as many as a chat has members. */
  abstract listOnlineInChat(chatId: number): Promise<readonly number[]>;

  abstract stats(): Promise<LiveStats>;

  /** Counts a connection of this node. @returns how many its user has now */
  abstract opened(userId: number, transport: string): Promise<number>;

  abstract closed(userId: number, transport: string): void;

  /**
   * A connection of this node hears these chats from now on, or is about to. Resolves when that counts on all nodes,
   * or can't: who is let in after that may leave another node at once, and does not seem to have gone.
   */
  abstract joined(userId: number, chatIds: readonly number[]): Promise<void>;

  abstract left(userId: number, chatIds: readonly number[]): void;
}
