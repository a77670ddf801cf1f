import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { MessageWire } from '../../shapes/message.shape';
import { SendMessageDto } from '../dto/chatroom.dto';

/** What the documentation says about messages. */
export const messageDocs = {
  send: applyDecorators(
    ApiOperation({ operationId: 'chatroomSendMessage', summary: 'Send a message to a chatroom' }),
    ApiBody({ type: SendMessageDto }),
    ApiOkResponse({ type: MessageWire, description: 'The message; it is on disk.' }),
  ),
  list: applyDecorators(
    ApiParam({ name: 'chatroom', description: 'The chatroom.', schema: { type: 'string', example: '123' } }),
    ApiOperation({
      operationId: 'chatroomListMessages',
      summary: 'The messages of a chatroom',
      description: 'The latest, oldest first, without deleted ones. Earlier ones with `before`.',
    }),
    ApiOkResponse({ type: [MessageWire], description: 'Messages.' }),
  ),
};
