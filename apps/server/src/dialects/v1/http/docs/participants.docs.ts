import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../../../transport/docs';
import { ChatWire, ParticipantPage, ParticipantWire } from '../../shapes/chat.shape';
import { RemoveParticipantDto } from '../dto/chats.dto';
import { chatIdParam, userIdParam } from './params';

/** What the documentation says about the calls of `ParticipantsController`. */
export const participantDocs = {
  list: applyDecorators(
    chatIdParam,
    ApiOperation({
      operationId: 'listParticipants',
      summary: 'Who is in a chat',
      description: 'The longest-standing first. For members.',
    }),
    ApiOkResponse({ type: ParticipantPage, description: 'A page of participants.' }),
    ApiProblems('request.invalid', 'chat.not_found'),
  ),
  add: applyDecorators(
    chatIdParam,
    ApiOperation({
      operationId: 'addParticipants',
      summary: 'Bring people into a group',
      description:
        'For admins of the group. All of them come in, or none. Members that are in already stay as they are, so a retry does no harm. ' +
        'A group has at most 100 members, also when two admins add at once.',
    }),
    ApiOkResponse({ type: ChatWire, description: 'The chat as it is now.' }),
    ApiProblems('request.invalid', 'chat.not_admin', 'chat.not_found', 'user.not_found', 'chat.is_direct', 'chat.full'),
  ),
  remove: applyDecorators(
    chatIdParam,
    ApiOperation({
      operationId: 'removeParticipant',
      summary: 'Remove someone from a group',
      description:
        'For admins of the group. The person is named by `?user_id=` or in the body, or by both if they agree. ' +
        'An admin who names himself or herself leaves.',
    }),
    ApiBody({ type: RemoveParticipantDto, required: false }),
    ApiNoContentResponse({ description: 'The person is out.' }),
    ApiProblems('request.invalid', 'chat.not_admin', 'chat.not_found', 'chat.not_participant', 'chat.is_direct'),
  ),
  appoint: applyDecorators(
    chatIdParam,
    userIdParam,
    ApiOperation({
      operationId: 'updateParticipant',
      summary: 'Make a member an admin, or no longer one',
      description: 'For admins of the group. A group always keeps one admin. The same role again changes nothing.',
    }),
    ApiOkResponse({ type: ParticipantWire, description: 'The member as he or she is now.' }),
    ApiProblems(
      'request.invalid',
      'chat.not_admin',
      'chat.not_found',
      'chat.not_participant',
      'chat.is_direct',
      'chat.last_admin',
    ),
  ),
};
