import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import { ApiProblems } from '../../../../transport/docs';
import { TokensWire } from '../../shapes/session.shape';
import { OwnUserWire } from '../../shapes/user.shape';
import { LogoutDto, RegisterDto } from '../dto/users.dto';
import { location } from './headers';

/** What the documentation says about the calls of `AccountsController`. */
export const accountDocs = {
  register: applyDecorators(
    ApiOperation({
      operationId: 'registerUser',
      summary: 'Open an account',
      description:
        'Names and e-mail addresses are unique however they are written: case and compatibility forms do not count.',
    }),
    ApiBody({ type: RegisterDto }),
    ApiCreatedResponse({
      type: OwnUserWire,
      description: 'The new account. Log in to use it.',
      headers: location('/api/v1/users/789'),
    }),
    ApiProblems('request.invalid', 'user.username_taken', 'user.email_taken'),
  ),
  logIn: applyDecorators(
    ApiOperation({
      operationId: 'logIn',
      summary: 'Log in',
      description:
        'As JSON, or as the form of the OAuth 2 password flow. Each log-in is a session of its own. ' +
        'An unknown name gets the same answer as a wrong password.',
    }),
    ApiConsumes('application/json', 'application/x-www-form-urlencoded'),
    ApiOkResponse({ type: TokensWire, description: 'The tokens of a new session.' }),
    ApiProblems('request.invalid', 'auth.invalid_credentials'),
  ),
  refresh: applyDecorators(
    ApiOperation({
      operationId: 'refreshTokens',
      summary: 'Get new tokens',
      description:
        'Each refresh token is good for one use and is replaced by the one in the answer. ' +
        'One that is used again has been copied by someone: that ends its session.',
    }),
    ApiOkResponse({ type: TokensWire, description: 'The new tokens of the same session.' }),
    ApiProblems('request.invalid', 'auth.invalid_refresh_token'),
  ),
  logOut: applyDecorators(
    ApiOperation({
      operationId: 'logOut',
      summary: 'Log out',
      description:
        'Ends this session, or with `all` every session of mine, and closes their sockets at once. The body may be left out.',
    }),
    ApiBody({ type: LogoutDto, required: false }),
    ApiNoContentResponse({ description: 'Ended: its tokens are refused from now on.' }),
    ApiProblems('request.invalid'),
  ),
};
