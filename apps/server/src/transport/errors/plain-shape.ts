import type { DomainError } from '@app/platform';
import type { ErrorShape } from './error-shape';
import { STATUSES } from './statuses';

/** For addresses that belong to no dialect, if none of them answers there: one sentence. */
export const plainShape: ErrorShape = {
  matches: () => true,
  render: (error, status = STATUSES[error.kind]) => ({
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headersOfError(error) },
    body: JSON.stringify({ detail: error.message }),
  }),
};

/** What HTTP wants said beside the body: how to authenticate, and when to come back. */
export function headersOfError(error: DomainError): Record<string, string> {
  const headers: Record<string, string> = {};
  if (error.kind === 'unauthenticated') headers['www-authenticate'] = 'Bearer';
  if (error.retryAfterSeconds !== undefined) headers['retry-after'] = String(error.retryAfterSeconds);
  return headers;
}
