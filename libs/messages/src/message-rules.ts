import { createHash } from 'node:crypto';
import { countCodePoints, InvalidInput, isBlank, isStorable } from '@app/platform';
import { CLIENT_ID_MAX_CHARACTERS, MESSAGE_MAX_CHARACTERS, MESSAGE_TYPES, MessageType } from './message';
import { MessageEmpty, MessageTextInvalid, MessageTooLong } from './messages.errors';

/**
 * The rule for texts of messages, the same in every dialect. What passes is kept exactly as sent.
 * @throws MessageTooLong, MessageEmpty, MessageTextInvalid
 */
export function checkMessageText(content: string): void {
  const length = countCodePoints(content);
  if (length > MESSAGE_MAX_CHARACTERS) throw new MessageTooLong(length);
  if (isBlank(content)) throw new MessageEmpty();
  if (!isStorable(content)) throw new MessageTextInvalid();
}

/** @throws InvalidInput path `client_id` */
export function checkClientId(clientId: string | null): void {
  if (clientId === null) return;
  const length = countCodePoints(clientId);
  if (length >= 1 && length <= CLIENT_ID_MAX_CHARACTERS && isStorable(clientId)) return;
  const detail = `client_id: 1 to ${CLIENT_ID_MAX_CHARACTERS} characters without NUL, ${length} given.`;
  throw InvalidInput.field('client_id', length > CLIENT_ID_MAX_CHARACTERS ? 'too_long' : 'invalid', detail);
}

/** @throws InvalidInput path `message_type` */
export function checkMessageType(type: string): MessageType {
  const known = MESSAGE_TYPES.find((candidate) => candidate === type);
  if (known) return known;
  throw InvalidInput.field('message_type', 'not_one_of', `message_type: must be one of ${MESSAGE_TYPES.join(', ')}.`);
}

/**
 * Tells two messages apart without keeping what they said: 64 bits of SHA-256 over all that the sender gave.
 * It stays with a tombstone, so that a retry after the deletion is still known for what it is.
 */
export function fingerprintOf(message: { content: string; type: string; replyTo: number | null }): string {
  const given = JSON.stringify([message.content, message.type, message.replyTo]);
  return createHash('sha256').update(given).digest('hex').slice(0, 16);
}
