import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../../../transport/docs';
import { ProfileWire, PublicUserPage } from '../../shapes/user.shape';
import { userIdParam } from './params';

/** What the documentation says about the calls of `UsersController`. */
export const userDocs = {
  search: applyDecorators(
    ApiOperation({
      operationId: 'searchUsers',
      summary: 'Find people',
      description:
        'By the beginning of the username or of the full name, whatever the case. E-mail addresses are neither searched nor shown.',
    }),
    ApiOkResponse({ type: PublicUserPage, description: 'A page of people.' }),
    ApiProblems('request.invalid'),
  ),
  get: applyDecorators(
    userIdParam,
    ApiOperation({
      operationId: 'getUser',
      summary: 'A person',
      description: 'The public profile, with `is_online`.',
    }),
    ApiOkResponse({ type: ProfileWire, description: 'The person.' }),
    ApiProblems('request.invalid', 'user.not_found'),
  ),
};
