import { CLIENT_ID_MAX_CHARACTERS } from '@app/messages';
import { countCodePoints } from '@app/platform';
import type { Problem } from '../errors/problem';
import type { AnswerFields } from './v1-handlers';

/**
 * What a frame came to. `none`: there is nothing to say, unless something went wrong or the client wants to know.
 * `error`: it was no frame of this dialect.
 */
export type Reply = { readonly kind: 'ack' | 'pong' | 'none' | 'error' } & (
  { readonly ok: true; readonly fields: AnswerFields } | { readonly ok: false; readonly error: Problem }
);

/** The envelope fields that a client gets back as it gave them. */
export interface Echo {
  readonly ref?: string;
  readonly client_id?: string;
}

/** What a client that can wait for an answer, by `ref` or by callback, is told. */
export function answerOf(reply: Reply, echo: Echo): object {
  if (reply.kind === 'pong' && reply.ok) return { type: 'pong', ...echo, ...reply.fields };
  return reply.ok
    ? { type: 'ack', ...echo, ok: true, ...reply.fields }
    : { type: reply.kind === 'error' ? 'error' : 'ack', ...echo, ok: false, error: reply.error };
}

/** What a client that gave no way to answer is told; undefined for nothing. */
export function noticeOf(reply: Reply, echo: Echo): { type: string } | undefined {
  if (reply.kind === 'ack' || (reply.kind === 'pong' && reply.ok)) return answerOf(reply, echo) as { type: string };
  return reply.ok ? undefined : ({ type: 'error', error: reply.error } as { type: string });
}

/** The sender's own name for a message, if the payload has one that can be given back. */
export function echoOf(payload: unknown, ref?: string): Echo {
  const clientId = (payload as { client_id?: unknown } | null | undefined)?.client_id;
  const echo: { ref?: string; client_id?: string } = {};
  if (ref !== undefined) echo.ref = ref;
  if (typeof clientId === 'string' && countCodePoints(clientId) <= CLIENT_ID_MAX_CHARACTERS) echo.client_id = clientId;
  return echo;
}
