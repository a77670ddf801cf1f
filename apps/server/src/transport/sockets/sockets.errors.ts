import { DomainError } from '@app/platform';

/** More frames of one connection wait for an answer than a client has reason to send. */
export class TooManyFrames extends DomainError {
  constructor(limit: number) {
    super('rate_limited', 'live.too_many_frames', `At most ${limit} frames may wait for an answer.`, {
      retryAfterSeconds: 1,
    });
  }
}

/** An event that no dialect of the namespace has. */
export class UnknownEvent extends DomainError {
  constructor(known: readonly string[]) {
    super('invalid', 'live.unknown_event', `There is no such event; it must be one of ${known.join(', ')}.`);
  }
}
