import { DomainError, MalformedInput } from '@app/platform';

/** Failures that belong to HTTP itself: no library could meet them. */

export class RouteNotFound extends DomainError {
  constructor() {
    super('not_found', 'request.no_such_address', 'There is nothing at this address.');
  }
}

/** The request itself is malformed, its address for instance; its body was not looked at. */
export class UnreadableRequest extends MalformedInput {}

export class MethodNotAllowed extends DomainError {
  /** @param allowed for the header `Allow` */
  constructor(
    method: string,
    readonly allowed: readonly string[],
  ) {
    const sentence = `${method} is not possible at this address; it takes ${allowed.join(', ')}.`;
    super('method_not_allowed', 'request.method_not_allowed', sentence);
  }
}

export class BodyTooLarge extends DomainError {
  constructor(maxBytes: number) {
    super('too_large', 'request.too_large', `The body may have at most ${maxBytes} bytes.`);
  }
}

export class UnsupportedMediaType extends DomainError {
  constructor(accepted: readonly string[] = ['application/json']) {
    const sentence = `The body must be sent as ${accepted.join(' or ')}; the header Content-Type says so.`;
    super('unsupported_media_type', 'request.unsupported_media_type', sentence);
  }
}

/** None of the bytes that were asked for is there. */
export class RangeNotSatisfiable extends DomainError {
  /** @param size bytes that there are, for the header `Content-Range` */
  constructor(readonly size: number) {
    super(
      'range_not_satisfiable',
      'request.range_not_satisfiable',
      `The header Range asks for none of the ${size} bytes that there are.`,
    );
  }
}

/** Stands for every failure that nobody foresaw: what it was is in the log and nowhere else. */
export class UnexpectedFailure extends DomainError {
  constructor(cause: unknown) {
    super('internal', 'server.unexpected', 'Something went wrong on our side; it has been logged.', { cause });
  }
}
