import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { ChatroomWire } from '../../shapes/chatroom.shape';
import { CreateChatroomDto } from '../dto/chatroom.dto';
import { textAnswer } from './text-answer';

const chatIdParam = ApiParam({ name: 'id', description: 'The chatroom.', schema: { type: 'string', example: '123' } });

/** What the documentation says about chatrooms. */
export const chatroomDocs = {
  list: applyDecorators(
    ApiOperation({
      operationId: 'chatroomListChatrooms',
      summary: 'My chatrooms, or all that I can see',
      description: 'The newest first, in slices: ask again with `before` until fewer than `limit` come.',
    }),
    ApiOkResponse({ type: [ChatroomWire], description: 'Chatrooms.' }),
  ),
  create: applyDecorators(
    ApiOperation({
      operationId: 'chatroomCreateChatroom',
      summary: 'Create a chatroom',
      description:
        'It is open: everybody may join. With exactly the same members as a room of mine, and no other name than it has, ' +
        'it is that room, answered with 200.',
    }),
    ApiBody({ type: CreateChatroomDto, required: false }),
    ApiCreatedResponse({ type: ChatroomWire, description: 'The new room.' }),
    ApiOkResponse({ type: ChatroomWire, description: 'The room that we have already.' }),
  ),
  get: applyDecorators(
    chatIdParam,
    ApiOperation({ operationId: 'chatroomGetChatroom', summary: 'A chatroom that I am in' }),
    ApiOkResponse({ type: ChatroomWire, description: 'The chatroom.' }),
  ),
  join: applyDecorators(
    chatIdParam,
    ApiOperation({
      operationId: 'chatroomJoin',
      summary: 'Join a chatroom',
      description: 'Rooms that were made in this dialect are open. Other chats are by invitation, and not found.',
    }),
    textAnswer('I am in.', 'User 789 successfully added to chatroom 123!'),
  ),
  leave: applyDecorators(
    chatIdParam,
    ApiOperation({
      operationId: 'chatroomLeave',
      summary: 'Leave a chatroom',
      description: 'The last one to leave closes it.',
    }),
    textAnswer('I am out.', 'User 789 successfully removed from chatroom 123!'),
  ),
};
