import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../../../transport/docs';
import { LiveStatsWire, OnlineUsersWire } from '../../shapes/live.shape';
import { chatIdParam } from './params';

/** What the documentation says about the calls of `LiveInfoController`. */
export const liveDocs = {
  stats: applyDecorators(
    ApiOperation({
      operationId: 'getLiveStats',
      summary: 'How many are connected',
      description: 'Sockets of all dialects, over all nodes.',
    }),
    ApiOkResponse({ type: LiveStatsWire, description: 'The numbers of this moment.' }),
    ApiProblems(),
  ),
  online: applyDecorators(
    chatIdParam,
    ApiOperation({
      operationId: 'listOnlineUsers',
      summary: 'Who is online in a chat',
      description:
        'Members with a socket that hears the chat: a WebSocket of the chat, or any Socket.IO connection. For members.',
    }),
    ApiOkResponse({ type: OnlineUsersWire, description: 'Who hears the chat now.' }),
    ApiProblems('request.invalid', 'chat.not_found'),
  ),
};
