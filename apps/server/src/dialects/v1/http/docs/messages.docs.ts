import { applyDecorators } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { CLIENT_ID_MAX_CHARACTERS } from '@app/messages';
import { ApiProblems } from '../../../../transport/docs';
import { MessageWire, RevisionPage } from '../../shapes/message.shape';
import { REPLAYED } from './headers';
import { messageIdParam } from './params';

/** What the documentation says about the calls of `MessagesController`. */
export const messageDocs = {
  send: applyDecorators(
    ApiOperation({
      operationId: 'sendMessage',
      summary: 'Send a message',
      description:
        'The answer leaves when the message is on disk. **Idempotency:** give each message a `client_id` of its own (or the header ' +
        '`Idempotency-Key`) and send it again, unchanged, whenever the answer did not arrive: the message exists once, however ' +
        'often it is sent, also at the same moment, after days and after it was edited or deleted. ' +
        'A key is bound to the sender and the chat. With other content than was first sent under it, 409.',
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'The same as `client_id` in the body. If both are given they must be equal.',
      schema: { type: 'string', minLength: 1, maxLength: CLIENT_ID_MAX_CHARACTERS },
      example: '7d1c1f0e-9a55-4a3c-8f0e-2b7b6d0a5f11',
    }),
    ApiCreatedResponse({ type: MessageWire, description: 'The message.' }),
    ApiOkResponse({
      type: MessageWire,
      description: 'It had been sent before under this key: the message as it is now, edited or a tombstone.',
      headers: REPLAYED,
    }),
    ApiProblems(
      'request.invalid',
      'message.too_long',
      'message.empty',
      'message.invalid_text',
      'message.reply_to_invalid',
      'media.ids_invalid',
      'media.too_many',
      'chat.not_found',
      'message.client_id_reused',
    ),
  ),
  edit: applyDecorators(
    messageIdParam,
    ApiOperation({
      operationId: 'editMessage',
      summary: 'Change the text of a message',
      description: 'For its sender. The earlier text is kept as a revision. The same text again changes nothing.',
    }),
    ApiOkResponse({ type: MessageWire, description: 'The message as it is now.' }),
    ApiProblems(
      'request.invalid',
      'message.too_long',
      'message.empty',
      'message.invalid_text',
      'message.not_sender',
      'message.not_found',
      'message.deleted',
    ),
  ),
  delete: applyDecorators(
    messageIdParam,
    ApiOperation({
      operationId: 'deleteMessage',
      summary: 'Delete a message',
      description:
        'For its sender and for admins of the group. Leaves a tombstone; the text, its revisions and the files that no other message brings are gone. ' +
        'Deleting it again answers with the same tombstone.',
    }),
    ApiOkResponse({ type: MessageWire, description: 'The tombstone: `is_deleted` is true and `content` empty.' }),
    ApiProblems('request.invalid', 'chat.not_admin', 'message.not_found'),
  ),
  revisions: applyDecorators(
    messageIdParam,
    ApiOperation({
      operationId: 'listMessageRevisions',
      summary: 'Earlier texts of a message',
      description: 'Oldest first, without the present text. For members of its chat. A tombstone has none.',
    }),
    ApiOkResponse({ type: RevisionPage, description: 'A page of revisions.' }),
    ApiProblems('request.invalid', 'message.not_found'),
  ),
};
