import { applyDecorators } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { ApiProblems } from '../../../../transport/docs';
import { MessageWire } from '../../shapes/message.shape';
import { PrivateChatWire, RoomWire } from '../../shapes/room.shape';

const roomIdParam = ApiParam({
  name: 'room_id',
  description: 'The room, or a private chat.',
  schema: { type: 'string', example: '123' },
});

/** What the documentation says about rooms and their messages. */
export const roomDocs = {
  privateChats: applyDecorators(
    ApiOperation({
      operationId: 'authChatPrivateChats',
      summary: 'My private chats',
      description: 'The one that changed last comes first. This dialect lists them; the native API opens them.',
    }),
    ApiOkResponse({ type: [PrivateChatWire], description: 'My direct chats.' }),
    ApiProblems('request.invalid'),
  ),
  create: applyDecorators(
    ApiOperation({
      operationId: 'authChatCreateRoom',
      summary: 'Make a room',
      description:
        'I am its admin. Members are named by e-mail address; one that nobody has yet is invited, and who signs up with it, ' +
        'by any dialect, is a member from then on. The answer does not tell one from the other. ' +
        'Members and invitations together are at most 100.',
    }),
    ApiCreatedResponse({ type: RoomWire, description: 'The new room.' }),
    ApiProblems('request.invalid', 'chat.full'),
  ),
  get: applyDecorators(
    roomIdParam,
    ApiOperation({
      operationId: 'authChatGetRoom',
      summary: 'A room with its latest messages',
      description: 'For its members.',
    }),
    ApiOkResponse({ type: RoomWire, description: 'The room.' }),
    ApiProblems('chat.not_found', 'message.body_missing'),
  ),
  send: applyDecorators(
    roomIdParam,
    ApiOperation({
      operationId: 'authChatSendMessage',
      summary: 'Send a message',
      description: 'When the answer comes, it is on disk. A `sender` or `timestamp` in the body is not looked at.',
    }),
    ApiCreatedResponse({ type: MessageWire, description: 'The message.' }),
    ApiProblems('request.invalid', 'message.too_long', 'chat.not_found'),
  ),
  messages: applyDecorators(
    roomIdParam,
    ApiOperation({
      operationId: 'authChatListMessages',
      summary: 'The messages of a room',
      description: 'The latest, oldest first, without deleted ones; with `before`, those that came before a message.',
    }),
    ApiOkResponse({ type: [MessageWire], description: 'Messages.' }),
    ApiProblems('request.invalid', 'chat.not_found', 'message.body_missing'),
  ),
};
