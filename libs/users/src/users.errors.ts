import { DomainError } from '@app/platform';

export class UsernameTaken extends DomainError {
  constructor() {
    const detail = 'username: somebody else has this name, or one that reads the same.';
    super('conflict', 'user.username_taken', detail, { fields: [{ path: 'username', code: 'taken', detail }] });
  }
}

export class EmailTaken extends DomainError {
  constructor() {
    const detail = 'email: another account has this e-mail address.';
    super('conflict', 'user.email_taken', detail, { fields: [{ path: 'email', code: 'taken', detail }] });
  }
}

/** No such person, or one whose account is deleted. */
export class UserNotFound extends DomainError {
  constructor(userId: number) {
    super('not_found', 'user.not_found', `There is no user ${userId}.`);
  }
}

/** Says the same whether the person is unknown or the password wrong. */
export class InvalidCredentials extends DomainError {
  constructor() {
    super('unauthenticated', 'auth.invalid_credentials', 'The name or the password is wrong.');
  }
}

/** The access token is not ours, is too old, or its session has ended. */
export class InvalidToken extends DomainError {
  constructor() {
    super('unauthenticated', 'auth.invalid_token', 'The access token is missing, invalid or expired; log in again.');
  }
}

/** The refresh token is not ours, was used before, or its session has ended. */
export class InvalidRefreshToken extends DomainError {
  constructor() {
    super(
      'unauthenticated',
      'auth.invalid_refresh_token',
      'The refresh token is invalid, expired or was used before; log in again.',
    );
  }
}

/** Someone who is logged in did not prove to know the password. */
export class WrongPassword extends DomainError {
  constructor() {
    const detail = 'current_password: this is not your password.';
    super('forbidden', 'user.wrong_password', detail, {
      fields: [{ path: 'current_password', code: 'wrong', detail }],
    });
  }
}

/** No such session of the actor, or one that is over. */
export class SessionNotFound extends DomainError {
  constructor() {
    super('not_found', 'session.not_found', 'You have no such session.');
  }
}
