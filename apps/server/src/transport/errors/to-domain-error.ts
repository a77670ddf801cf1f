import { HttpException } from '@nestjs/common';
import { isLost } from '@app/database';
import { DomainError, ServiceBusy, StoreUnavailable } from '@app/platform';
import { MAX_BODY_BYTES } from '../http/body-limits';
import {
  BodyTooLarge,
  RouteNotFound,
  UnexpectedFailure,
  UnreadableRequest,
  UnsupportedMediaType,
} from './transport.errors';

/**
 * Gives every failure a name: those of the framework by their status, everything else as {@link UnexpectedFailure}.
 * Nothing that the framework says about itself is passed on.
 */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  // Nest wraps what the HTTP server throws, and what our own parsers passed through it.
  const cause = error instanceof HttpException ? error.cause : undefined;
  if (cause instanceof DomainError) return cause;
  if (isLost(error)) return new StoreUnavailable('The database', error);
  return fromStatus(statusOf(error)) ?? new UnexpectedFailure(error);
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { name, statusCode } = (error ?? {}) as { name?: unknown; statusCode?: unknown };
  return name === 'FastifyError' && typeof statusCode === 'number' ? statusCode : undefined;
}

function fromStatus(status: number | undefined): DomainError | undefined {
  switch (status) {
    case 404:
      return new RouteNotFound();
    case 413:
      return new BodyTooLarge(MAX_BODY_BYTES);
    case 415:
      return new UnsupportedMediaType();
    case 414:
      return new UnreadableRequest('The address is too long.');
    case 503:
      return new ServiceBusy('The server can not take this now; send the request again.');
    default:
      return status !== undefined && status >= 400 && status < 500
        ? new UnreadableRequest('The request could not be read.')
        : undefined;
  }
}
