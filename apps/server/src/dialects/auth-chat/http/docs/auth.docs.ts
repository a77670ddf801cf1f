import { applyDecorators } from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../../../transport/docs';
import { AccountWire, TokenWire } from '../../shapes/account.shape';

/** Both log-ins are one, under the two names that the service's clients use. */
const logIn = (operationId: string) =>
  applyDecorators(
    ApiOperation({
      operationId,
      summary: 'Log in',
      description:
        'As JSON `{email, password}`, or as the form of the OAuth 2 password flow, where `username` holds the e-mail address ' +
        'or the username. The token is good for every dialect.',
    }),
    ApiConsumes('application/json', 'application/x-www-form-urlencoded'),
    ApiOkResponse({ type: TokenWire, description: 'The token of a new session.' }),
    ApiProblems('request.invalid', 'auth.invalid_credentials'),
  );

/** What the documentation says about the calls of `AuthController`. */
export const authDocs = {
  signup: applyDecorators(
    ApiOperation({
      operationId: 'authChatSignUp',
      summary: 'Open an account',
      description: 'Whoever has been invited to rooms by this e-mail address is a member of them from now on.',
    }),
    ApiCreatedResponse({ type: AccountWire, description: 'The new account. Log in to use it.' }),
    ApiProblems('request.invalid', 'user.email_taken', 'user.username_taken'),
  ),
  login: logIn('authChatLogIn'),
  token: logIn('authChatToken'),
  me: applyDecorators(
    ApiOperation({ operationId: 'authChatMe', summary: 'Who I am' }),
    ApiOkResponse({ type: AccountWire, description: 'My account.' }),
  ),
};
