import type { DomainError } from '@app/platform';

/** What clients of this dialect know a failure by, where the contract quotes a sentence. */
const QUOTED: Readonly<Record<string, string | undefined>> = {
  'auth.invalid_credentials': 'Incorrect email or password',
  'auth.missing_token': 'Could not validate credentials',
  'auth.invalid_token': 'Could not validate credentials',
  'auth.expired_token': 'Could not validate credentials',
  'user.email_taken': 'Email already registered',
  'user.username_taken': 'Username already registered',
  'chat.not_found': 'Chat room not found or access denied',
};

/** The one sentence of a failure, over HTTP. */
export function sentenceOf(error: DomainError): string {
  return QUOTED[error.code] ?? error.message;
}

const INVALID_EVENT = 'Invalid data';

/** The same on sockets, where all that is wrong with an event has one sentence, but for a text that is too long. */
export function eventSentenceOf(error: DomainError): string {
  if (error.code === 'message.too_long') return error.message.replace(/^content:/, 'message:');
  if (error.code === 'live.unknown_event') return error.message;
  const isWrong = error.kind === 'invalid' || error.kind === 'malformed' || error.kind === 'not_found';
  return isWrong ? INVALID_EVENT : sentenceOf(error);
}
