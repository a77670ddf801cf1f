import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { AccountWire, LoggedInWire, UserWire } from '../../shapes/user.shape';
import { LoginDto, RegisterDto, UpdateUserDto } from '../dto/account.dto';
import { textAnswer } from './text-answer';

const userIdParam = ApiParam({ name: 'id', description: 'The person.', schema: { type: 'string', example: '789' } });

/** What the documentation says about accounts and people. */
export const userDocs = {
  register: applyDecorators(
    ApiOperation({ operationId: 'chatroomRegister', summary: 'Create a new user' }),
    ApiBody({ type: RegisterDto }),
    ApiOkResponse({ type: AccountWire, description: 'The new account. Log in to use it.' }),
  ),
  logIn: applyDecorators(
    ApiOperation({
      operationId: 'chatroomLogIn',
      summary: 'Log in and get a JWT',
      description:
        'The token also comes as the cookie `Authorization` (`HttpOnly`, `SameSite=Lax`, `Secure` behind TLS). Both are accepted ' +
        'from then on; by cookie, what changes something needs an `Origin` of this server or a configured one.',
    }),
    ApiBody({ type: LoginDto }),
    ApiOkResponse({
      type: LoggedInWire,
      description: 'A new session.',
      headers: { 'Set-Cookie': { description: 'The cookie `Authorization`.', schema: { type: 'string' } } },
    }),
  ),
  list: applyDecorators(
    ApiOperation({
      operationId: 'chatroomListUsers',
      summary: 'All users',
      description: 'In the order in which they came, in slices: ask again with `after` until fewer than `limit` come.',
    }),
    ApiOkResponse({ type: [UserWire], description: 'Users, without their e-mail addresses.' }),
  ),
  get: applyDecorators(
    userIdParam,
    ApiOperation({ operationId: 'chatroomGetUser', summary: 'A user' }),
    ApiOkResponse({ type: AccountWire, description: 'The person; the e-mail address only if it is me.' }),
  ),
  update: applyDecorators(
    userIdParam,
    ApiOperation({
      operationId: 'chatroomUpdateUser',
      summary: 'Change my account',
      description: 'A new password ends all my other sessions.',
    }),
    ApiBody({ type: UpdateUserDto }),
    ApiOkResponse({ type: AccountWire, description: 'The account as it is now.' }),
  ),
  delete: applyDecorators(
    userIdParam,
    ApiOperation({
      operationId: 'chatroomDeleteUser',
      summary: 'Delete my account',
      description:
        'What I wrote stays for the others, under "deleted user". All sessions and sockets end; name and e-mail are free again.',
    }),
    textAnswer('Gone.', 'User deleted.'),
  ),
};
