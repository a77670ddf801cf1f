import { DomainError } from '@app/platform';

/** The user has as many open sockets as one may have. */
export class TooManyConnections extends DomainError {
  constructor(limit: number) {
    super('rate_limited', 'live.too_many_connections', `At most ${limit} open connections; close one first.`, {
      retryAfterSeconds: 5,
    });
  }
}

/** A connection may only speak about chats that it hears. */
export class ChatNotHeard extends DomainError {
  constructor() {
    super('not_found', 'chat.not_found', 'There is no such chat, or this connection does not hear it.');
  }
}
