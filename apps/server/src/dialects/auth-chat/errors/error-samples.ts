import { ChatFull, ChatNotFound } from '@app/chats';
import { MediaQuotaExceeded, MediaTooLarge, MediaTypeRefused } from '@app/media';
import { MessageBodyMissing, MessageTooLong } from '@app/messages';
import { DomainError, InvalidInput, MalformedInput, RateLimited, ServiceBusy } from '@app/platform';
import { EmailTaken, InvalidCredentials, InvalidToken, UsernameTaken } from '@app/users';
import { BodyTooLarge, UnsupportedMediaType } from '../../../transport/errors';
import { MAX_BODY_BYTES } from '../../../transport/http/body-limits';

/** One of every failure that the documentation shows: what it says is what the code says. */
const SAMPLES: readonly DomainError[] = [
  new MalformedInput('The body must be valid JSON, without fields named __proto__.'),
  InvalidInput.field('content', 'required', 'content: is required.'),
  new MessageTooLong(10_001),
  new InvalidToken(),
  new InvalidCredentials(),
  new EmailTaken(),
  new UsernameTaken(),
  new ChatFull(101),
  new ChatNotFound(),
  new BodyTooLarge(MAX_BODY_BYTES),
  new UnsupportedMediaType(),
  new RateLimited('Too many requests.', 17),
  new ServiceBusy('Too many writes are waiting.'),
  new MessageBodyMissing(42),
  new MediaTooLarge(26_214_400),
  new MediaQuotaExceeded(1_073_741_824),
  new MediaTypeRefused(),
];

const byCode = new Map(SAMPLES.map((sample) => [sample.code, sample]));

/** @throws Error for a code that nothing has: a slip of the pen in the documentation */
export function sampleOf(code: string): DomainError {
  const sample = byCode.get(code);
  if (!sample) throw new Error(`the documentation names the error ${code}, which this dialect does not show`);
  return sample;
}
