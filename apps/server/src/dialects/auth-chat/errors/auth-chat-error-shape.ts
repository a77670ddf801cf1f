import type { DomainError, ErrorKind } from '@app/platform';
import { ErrorShape, headersOfError, RenderedError, STATUSES, UnreadableRequest } from '../../../transport/errors';
import { sentenceOf } from './sentences';
import { findDetails } from './validation-details';

/** Where this dialect has its own mind: a body that is no JSON has failed validation, and a taken name is a bad request. */
const OWN_STATUSES: Readonly<Record<ErrorKind, number>> = { ...STATUSES, malformed: 422, conflict: 400 };

/** `{"detail": …}`, for everything under `/auth` and `/chat`. */
export class AuthChatErrorShape implements ErrorShape {
  matches(path: string): boolean {
    return /^\/(auth|chat)(\/|$)/.test(path);
  }

  render(error: DomainError, status?: number): RenderedError {
    return {
      status: status ?? statusOf(error),
      headers: { 'content-type': 'application/json; charset=utf-8', ...headersOfError(error) },
      body: JSON.stringify(bodyOf(error)),
    };
  }
}

export function statusOf(error: DomainError): number {
  // Not even the address could be read: no validation came to that.
  return error instanceof UnreadableRequest ? 400 : OWN_STATUSES[error.kind];
}

export function bodyOf(error: DomainError): { detail: unknown } {
  const details = error instanceof UnreadableRequest ? undefined : findDetails(error);
  return { detail: details ?? sentenceOf(error) };
}
