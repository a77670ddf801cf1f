import { STATUS_CODES } from 'node:http';
import { DomainError, ErrorKind, FieldError } from '@app/platform';

/** How this dialect shows an error (RFC 9457): over HTTP as the body, on sockets within a frame. */
export interface Problem {
  /** Where the code is explained; relative to the server. */
  readonly type: string;
  /** The same for every problem of this status. */
  readonly title: string;
  readonly status: number;
  /** The same as `status`, for clients of the source document. */
  readonly status_code: number;
  /** One English sentence for people. */
  readonly detail: string;
  /** Stable, for programs. */
  readonly code: string;
  /** One entry per bad field. */
  readonly errors?: readonly FieldError[];
}

/** What each kind of failure is in HTTP. Total: a new kind does not compile until it has its place here. */
const STATUSES: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

/** @param status one that HTTP demands in place of the kind's own, such as 431 */
export function toProblem(error: DomainError, status: number = STATUSES[error.kind]): Problem {
  return {
    type: `/docs/errors#${error.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    status_code: status,
    detail: error.message,
    code: error.code,
    ...(error.fields && { errors: error.fields }),
  };
}
