import { DomainError, FieldError } from './domain-error';

/** One or more fields of the input break a rule. `fields` says which and why. */
export class InvalidInput extends DomainError {
  constructor(fields: readonly FieldError[]) {
    super('invalid', 'request.invalid', fields.map((field) => field.detail).join(' '), { fields });
  }

  /** The common case: one field, one reason. */
  static field(path: string, code: string, detail: string): InvalidInput {
    return new InvalidInput([{ path, code, detail }]);
  }
}

/** The input could not be read at all: no JSON, no object, nested too deeply. */
export class MalformedInput extends DomainError {
  constructor(sentence: string) {
    super('malformed', 'request.malformed', sentence);
  }
}

/** A queue of ours is full, or a store does not answer: the same request may be sent again later. */
export class ServiceBusy extends DomainError {
  constructor(sentence: string, retryAfterSeconds = 1) {
    super('unavailable', 'service.busy', sentence, { retryAfterSeconds });
  }
}

/** A store does not answer, or not in time. Nothing was done. */
export class StoreUnavailable extends DomainError {
  /** @param store as a person calls it: "The database" */
  constructor(store: string, cause?: unknown) {
    super('unavailable', 'service.store_unavailable', `${store} does not answer; try again in a moment.`, {
      retryAfterSeconds: 2,
      cause,
    });
  }
}

/** A store was lost while it made something durable: it may be done, or not. Whoever can ask, asks before trying again. */
export class CommitOutcomeUnknown extends DomainError {
  constructor(cause?: unknown) {
    super(
      'unavailable',
      'service.outcome_unknown',
      'The database was lost in the middle: it may be done or not. Send the same again, with the same client_id if it has one.',
      { retryAfterSeconds: 2, cause },
    );
  }
}

/** The server is stopping and takes nothing new. */
export class ServiceStopping extends DomainError {
  constructor() {
    super('unavailable', 'service.stopping', 'The server is stopping; send the request again.', {
      retryAfterSeconds: 1,
    });
  }
}

/** A limit on how often something may be done is used up. */
export class RateLimited extends DomainError {
  constructor(what: string, retryAfterSeconds: number) {
    super('rate_limited', 'request.rate_limited', `${what} Try again in ${retryAfterSeconds} s.`, {
      retryAfterSeconds,
    });
  }
}
