import { DomainError } from '@app/platform';

/** No bearer token came with the request. */
export class MissingToken extends DomainError {
  constructor() {
    super('unauthenticated', 'auth.missing_token', 'A token is needed: send the header Authorization: Bearer <token>.');
  }
}

/** The token was good once: its holder gets a new one with the refresh token. */
export class ExpiredToken extends DomainError {
  constructor() {
    super('unauthenticated', 'auth.expired_token', 'The token has expired; get a new one with the refresh token.');
  }
}
