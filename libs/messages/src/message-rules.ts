import { createHash } from 'node:crypto';
import { countCodePoints, InvalidInput, isBlank, isStorable } from '@app/platform';
import {
  CLIENT_ID_MAX_CHARACTERS,
  MESSAGE_EXTRAS_MAX_BYTES,
  MESSAGE_MAX_CHARACTERS,
  MESSAGE_TYPES,
  MessageType,
} from './message';
import { MessageEmpty, MessageExtrasTooLarge, MessageTextInvalid, MessageTooLong } from './messages.errors';

/**
 * The rule for texts of messages, the same in every dialect. What passes is kept exactly as sent.
 * @param options.mayBeBlank if files come with it
 * @throws MessageTooLong, MessageEmpty, MessageTextInvalid
 */
export function checkMessageText(content: string, options: { mayBeBlank: boolean }): void {
  const length = countCodePoints(content);
  if (length > MESSAGE_MAX_CHARACTERS) throw new MessageTooLong(length);
  if (!options.mayBeBlank) checkNotBlank(content);
  if (!isStorable(content)) throw new MessageTextInvalid();
}

/**
 * The other fields of a message that is an object, as they are kept: JSON text, of ASCII where text would not be storable.
 * @throws MessageExtrasTooLarge
 */
export function renderExtras(extras: object): string {
  const text = JSON.stringify(extras);
  const bytes = Buffer.byteLength(text);
  if (bytes > MESSAGE_EXTRAS_MAX_BYTES) throw new MessageExtrasTooLarge(bytes);
  return text;
}

/** A message of nothing that can be seen; one that brings files may say nothing. @throws MessageEmpty */
export function checkNotBlank(content: string): void {
  if (isBlank(content)) throw new MessageEmpty();
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
export function fingerprintOf(message: {
  content: string;
  extras?: string | undefined;
  type: string;
  replyTo: number | null;
  mediaIds: readonly number[];
}): string {
  const { content, extras, type, replyTo, mediaIds } = message;
  // Further parts stand behind these, if there are any: fingerprints from before there were such parts stay good.
  const further = [...(extras === undefined ? [] : [extras]), ...(mediaIds.length === 0 ? [] : [mediaIds])];
  const given = JSON.stringify([content, type, replyTo, ...further]);
  return createHash('sha256').update(given).digest('hex').slice(0, 16);
}
