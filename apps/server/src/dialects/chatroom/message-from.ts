import { MessageEmpty } from '@app/messages';
import { InvalidInput } from '@app/platform';
import { MessageMissing } from './errors/chatroom.errors';

/**
 * What a client means by `message`: a text, or an object with one in `content`.
 * Its other fields are kept as they came.
 * @throws MessageMissing for nothing, MessageEmpty for an object without content, InvalidInput for anything else
 */
export function messageFrom(message: unknown): { content: string; extras?: object } {
  if (message === undefined || message === null || message === '') throw new MessageMissing();
  if (typeof message === 'string') return { content: message };
  if (typeof message !== 'object' || Array.isArray(message)) {
    throw refuse('message: must be a text, or an object with a text in content.');
  }
  const { content, ...extras } = message as { content?: unknown };
  if (content === undefined || content === null) throw new MessageEmpty();
  if (typeof content !== 'string') throw refuse('message.content: must be a text.');
  if (!isJson(extras)) throw refuse('message: can not hold binary data.');
  return { content, extras };
}

/** Socket.IO also brings binary data, which would not come back as it was sent. How deep it may go is checked before. */
function isJson(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return false;
  return Object.values(value).every(isJson);
}

function refuse(detail: string): InvalidInput {
  return InvalidInput.field('message', 'not_a_message', detail);
}
