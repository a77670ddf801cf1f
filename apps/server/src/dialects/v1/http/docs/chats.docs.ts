import { applyDecorators } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../../../transport/docs';
import { ChatPage, ChatWire } from '../../shapes/chat.shape';
import { location } from './headers';
import { chatIdParam } from './params';

/** What the documentation says about the calls of `ChatsController`. */
export const chatDocs = {
  create: applyDecorators(
    ApiOperation({
      operationId: 'createChat',
      summary: 'Make a chat',
      description:
        'A `group` is made anew, and I am its admin. The `direct` chat of two people exists once: asked for again, ' +
        'by either of them and also at the same moment, it is answered with 200, and shows in my list again if I had left it.',
    }),
    ApiCreatedResponse({ type: ChatWire, description: 'The new chat.', headers: location('/api/v1/chats/123') }),
    ApiOkResponse({ type: ChatWire, description: 'The direct chat that we have already.' }),
    ApiProblems('request.invalid', 'user.not_found', 'chat.full'),
  ),
  list: applyDecorators(
    ApiOperation({
      operationId: 'listChats',
      summary: 'My chats',
      description:
        'The one that changed last comes first. Direct chats that I have left are not shown until there is a new message.',
    }),
    ApiOkResponse({ type: ChatPage, description: 'A page of my chats.' }),
    ApiProblems('request.invalid', 'message.body_missing'),
  ),
  get: applyDecorators(
    chatIdParam,
    ApiOperation({
      operationId: 'getChat',
      summary: 'A chat',
      description: 'With its participants. Only its members learn that it exists.',
    }),
    ApiOkResponse({ type: ChatWire, description: 'The chat.' }),
    ApiProblems('request.invalid', 'chat.not_found'),
  ),
  update: applyDecorators(
    chatIdParam,
    ApiOperation({
      operationId: 'updateChat',
      summary: 'Rename a group',
      description: 'For admins of the group. The same name again changes nothing and takes no number.',
    }),
    ApiOkResponse({ type: ChatWire, description: 'The chat as it is now.' }),
    ApiProblems('request.invalid', 'chat.not_admin', 'chat.not_found', 'chat.is_direct'),
  ),
  leave: applyDecorators(
    chatIdParam,
    ApiOperation({
      operationId: 'leaveChat',
      summary: 'Leave a chat',
      description:
        "The last admin's place goes to the longest-standing member (then the lowest id); the last one to leave closes the chat. " +
        'A direct chat is only hidden from my list, until someone writes in it or I ask for it again.',
    }),
    ApiNoContentResponse({ description: 'I am out.' }),
    ApiProblems('request.invalid', 'chat.not_found'),
  ),
};
