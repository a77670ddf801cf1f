import { applyDecorators } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { ApiProblems } from '../../../../transport/docs';
import { SessionPage } from '../../shapes/session.shape';

/** What the documentation says about the calls of `SessionsController`. */
export const sessionDocs = {
  list: applyDecorators(
    ApiOperation({
      operationId: 'listSessions',
      summary: 'Where I am logged in',
      description: 'Sessions that have not ended, the one that was used last first.',
    }),
    ApiOkResponse({ type: SessionPage, description: 'A page of sessions.' }),
    ApiProblems('request.invalid'),
  ),
  end: applyDecorators(
    ApiOperation({
      operationId: 'endSession',
      summary: 'End one of my sessions',
      description: 'Its tokens are refused from now on and its sockets are closed.',
    }),
    ApiParam({ name: 'session_id', description: 'The `id` of the session.', schema: { type: 'string' } }),
    ApiNoContentResponse({ description: 'It has ended.' }),
    ApiProblems('session.not_found'),
  ),
};
