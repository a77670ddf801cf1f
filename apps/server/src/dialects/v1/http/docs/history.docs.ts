import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../../../transport/docs';
import { ChangesWire, ReadPositionWire } from '../../shapes/changes.shape';
import { HistoryWire } from '../../shapes/history.shape';
import { chatIdParam } from './params';

/** What the documentation says about the calls of `HistoryController`. */
export const historyDocs = {
  messages: applyDecorators(
    chatIdParam,
    ApiOperation({
      operationId: 'listMessages',
      summary: 'The messages of a chat',
      description:
        'Newest first, tombstones included. By page (`page`, `limit`), or by cursor: `before` goes back from a `seq` (newest first), ' +
        '`after` goes forward from one (oldest first), and `next_before` or `next_after` says where to go on, null at the end. ' +
        'Only one of `page`, `before` and `after` can be given. Cursors do not shift when messages arrive meanwhile.',
    }),
    ApiOkResponse({ type: HistoryWire, description: 'A page of messages.' }),
    ApiProblems('request.invalid', 'chat.not_found', 'message.body_missing'),
  ),
  changes: applyDecorators(
    chatIdParam,
    ApiOperation({
      operationId: 'listChanges',
      summary: 'What has happened in a chat since',
      description:
        'How a client catches up. Every change of a chat has the next number of that chat, from 1, without gaps and in commit order ' +
        '(making the chat takes none). Listen on a socket first, then ask for the changes after the last `seq` that you have, ' +
        'as long as `more` is true, and merge both by `seq`. Messages are shown as they are now.',
    }),
    ApiOkResponse({ type: ChangesWire, description: 'The next changes, oldest first.' }),
    ApiProblems('request.invalid', 'chat.not_found', 'message.body_missing'),
  ),
  read: applyDecorators(
    chatIdParam,
    ApiOperation({
      operationId: 'markRead',
      summary: 'Say how far I have read',
      description:
        'Moves my read position, only forward and at most to `last_seq`; the answer says where it stands. ' +
        'Others hear of it as a `read` frame. It is a position and no change of the chat.',
    }),
    ApiOkResponse({ type: ReadPositionWire, description: 'Where the position stands now.' }),
    ApiProblems('request.invalid', 'chat.not_found'),
  ),
};
