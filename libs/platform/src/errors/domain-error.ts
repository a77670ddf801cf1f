/**
 * What sort of failure it is; each dialect has one total map from kind to its own status.
 * A new kind does not compile until every dialect has answered for it.
 */
export type ErrorKind =
  | 'malformed' // could not be read at all
  | 'invalid' // read, but a rule about a field is broken
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'precondition_failed' // the sender speaks another version of a protocol
  | 'too_large'
  | 'unsupported_media_type'
  | 'range_not_satisfiable'
  | 'rate_limited'
  | 'unavailable' // try again later; nothing is wrong with the request
  | 'internal';

/** One bad field of a request. */
export interface FieldError {
  /** Where it stands, with dots: `participant_ids.3`. */
  readonly path: string;
  /** Stable, for programs: `too_long`. */
  readonly code: string;
  /** One sentence for people: names the limit and what was given. */
  readonly detail: string;
}

export interface ErrorDetails {
  readonly fields?: readonly FieldError[];
  /** Whole seconds after which a retry makes sense. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/**
 * A failure that has a name. Libraries throw these and nothing else on purpose;
 * `code` is part of the public contract and never changes, `message` is one English sentence.
 */
export abstract class DomainError extends Error {
  readonly fields?: readonly FieldError[];
  readonly retryAfterSeconds?: number;

  protected constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    sentence: string,
    details: ErrorDetails = {},
  ) {
    super(sentence, { cause: details.cause });
    this.name = new.target.name;
    this.fields = details.fields;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
