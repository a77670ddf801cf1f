import { STATUS_CODES } from 'node:http';
import type { DomainError, FieldError } from '@app/platform';
import { STATUSES } from '../../../transport/errors';

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
