/** How many are connected, over all nodes. */
export interface LiveStats {
  readonly totalConnections: number;
  readonly onlineUsers: number;
  /** Chats that somebody hears. */
  readonly activeChats: number;
  readonly byTransport: Readonly<Record<string, number>>;
}

/**
 * Port: who is online. Someone is, while any of their connections is open;
 * and online in a chat, while one of these hears it.
 */
export abstract class Presence {
  /** Answers at once, from what this node knows. */
  abstract isOnline(userId: number): boolean;

  /** In the order of their ids. At most as many as a chat has members. */
  abstract listOnlineInChat(chatId: number): Promise<readonly number[]>;

  abstract stats(): Promise<LiveStats>;
}
