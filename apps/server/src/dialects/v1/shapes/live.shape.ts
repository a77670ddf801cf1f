import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { Chat, GROUP_MAX_MEMBERS } from '@app/chats';
import type { LiveStats } from '@app/realtime';
import { CountField, IdField, TextField } from './fields';

@ApiSchema({ name: 'LiveStats', description: 'How many are connected, over all nodes and dialects.' })
export class LiveStatsWire {
  @CountField('Open sockets.', { example: 12 })
  total_connections: number;

  @CountField('People with at least one of them.', { example: 9 })
  online_users: number;

  @CountField('Chats that somebody hears.', { example: 31 })
  active_chats: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer', minimum: 0 },
    description: 'Open sockets by transport.',
    example: { websocket: 4, 'socket.io': 8 },
  })
  by_transport: Record<string, number>;
}

@ApiSchema({ name: 'OnlineUser' })
export class OnlineUserWire {
  @IdField('Who is online.', { example: 789 })
  user_id: number;

  @TextField('What the person is called.', { example: 'john_doe' })
  username: string;
}

@ApiSchema({ name: 'OnlineUsers', description: 'Who hears a chat now.' })
export class OnlineUsersWire {
  @IdField('The chat.', { example: 123 })
  chat_id: number;

  @ApiProperty({ type: [OnlineUserWire], maxItems: GROUP_MAX_MEMBERS, description: 'In the order of their ids.' })
  online_users: OnlineUserWire[];

  @CountField('How many they are.', { example: 1 })
  count: number;
}

export function liveStatsToWire(stats: LiveStats): LiveStatsWire {
  return {
    total_connections: stats.totalConnections,
    online_users: stats.onlineUsers,
    active_chats: stats.activeChats,
    by_transport: { ...stats.byTransport },
  };
}

/** @param onlineIds who hears the chat; whoever has left it meanwhile is not named */
export function onlineUsersToWire(chat: Chat, onlineIds: readonly number[]): OnlineUsersWire {
  const names = new Map(chat.participants.map(({ userId, username }) => [userId, username]));
  const online = onlineIds.flatMap((userId) => {
    const username = names.get(userId);
    return username === undefined ? [] : [{ user_id: userId, username }];
  });
  return { chat_id: chat.id, online_users: online, count: online.length };
}
