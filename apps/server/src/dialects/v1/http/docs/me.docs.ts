import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../../../transport/docs';
import { OwnUserWire } from '../../shapes/user.shape';
import { UpdateMeDto } from '../dto/users.dto';

/** What the documentation says about the calls of `MeController`. */
export const meDocs = {
  get: applyDecorators(
    ApiOperation({
      operationId: 'getMe',
      summary: 'My account',
      description: 'The account that the access token belongs to.',
    }),
    ApiOkResponse({ type: OwnUserWire, description: 'My account.' }),
    ApiProblems(),
  ),
  update: applyDecorators(
    ApiOperation({
      operationId: 'updateMe',
      summary: 'Change my account',
      description:
        'Changes what is given, all of it or nothing. A new `password` needs `current_password` and ends my other sessions; this one goes on.',
    }),
    ApiBody({ type: UpdateMeDto }),
    ApiOkResponse({ type: OwnUserWire, description: 'My account as it is now.' }),
    ApiProblems('request.invalid', 'user.wrong_password', 'user.username_taken', 'user.email_taken'),
  ),
  delete: applyDecorators(
    ApiOperation({
      operationId: 'deleteMe',
      summary: 'Delete my account',
      description:
        'Ends the account, its sessions and its sockets, leaves every chat, and frees the name and the e-mail address. ' +
        'What I wrote stays, under the name `deleted user`.',
    }),
    ApiNoContentResponse({ description: 'The account is gone.' }),
    ApiProblems('request.invalid', 'user.wrong_password'),
  ),
};
