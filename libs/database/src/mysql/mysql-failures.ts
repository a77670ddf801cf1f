import { QueryFailedError } from 'typeorm';

/** The transaction was undone by the server so that another could go on: the same again is likely to succeed. */
const YIELDED = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);

/** The server is not there, or not any more, or does not answer. */
const LOST = new Set([
  'ACQUIRE_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'ER_CON_COUNT_ERROR',
  'ER_QUERY_INTERRUPTED',
  'ER_SERVER_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_SEQUENCE_TIMEOUT',
]);

const STALLED = new Set(['ACQUIRE_TIMEOUT', 'ETIMEDOUT', 'PROTOCOL_SEQUENCE_TIMEOUT']);

export function hasYielded(error: unknown): boolean {
  return YIELDED.has(codeOf(error));
}

export function isLost(error: unknown): boolean {
  return LOST.has(codeOf(error)) || isFatal(error);
}

/** It used up the time that a store may take: whoever waits has waited long enough. */
export function isStalled(error: unknown): boolean {
  return STALLED.has(codeOf(error));
}

function codeOf(error: unknown): string {
  const { code } = unwrap(error);
  return typeof code === 'string' ? code : '';
}

/** What `mysql2` says of an error after which the connection is of no use. */
function isFatal(error: unknown): boolean {
  return unwrap(error).fatal === true;
}

function unwrap(error: unknown): { code?: unknown; fatal?: unknown } {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return typeof cause === 'object' && cause !== null ? cause : {};
}
