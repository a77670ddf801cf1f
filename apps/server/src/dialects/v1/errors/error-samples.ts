import * as chats from '@app/chats';
import * as media from '@app/media';
import * as messages from '@app/messages';
import { DomainError, InvalidInput, MalformedInput, RateLimited, ServiceBusy, ServiceStopping } from '@app/platform';
import { TooManyConnections } from '@app/realtime';
import * as users from '@app/users';
import { ExpiredToken, MissingToken } from '../../../transport/auth';
import {
  BodyTooLarge,
  MethodNotAllowed,
  RangeNotSatisfiable,
  RouteNotFound,
  UnexpectedFailure,
  UnsupportedMediaType,
} from '../../../transport/errors';
import { MAX_BODY_BYTES } from '../../../transport/http/body-limits';
import { TooManyFrames } from '../../../transport/sockets/sockets.errors';
import { TusVersionWrong } from '../http/resumable/tus-failures';
import { OtherChat, UnknownFrameType } from '../live/live.errors';

/** One of every failure that this dialect can answer with: what the documentation shows is what the code says. */
const SAMPLES: readonly DomainError[] = [
  new MalformedInput('The body is not valid JSON.'),
  InvalidInput.field('chat_id', 'not_an_integer', 'chat_id: must be a whole number, but "x" was given.'),
  new RouteNotFound(),
  new MethodNotAllowed('PATCH', ['GET', 'PUT']),
  new BodyTooLarge(MAX_BODY_BYTES),
  new UnsupportedMediaType(),
  new RangeNotSatisfiable(10),
  new RateLimited('Too many requests.', 17),
  new ServiceBusy('Too many writes are waiting.'),
  new ServiceStopping(),
  new UnexpectedFailure(undefined),
  new MissingToken(),
  new ExpiredToken(),
  new users.InvalidToken(),
  new users.InvalidCredentials(),
  new users.InvalidRefreshToken(),
  new users.UsernameTaken(),
  new users.EmailTaken(),
  new users.WrongPassword(),
  new users.UserNotFound(42),
  new users.SessionNotFound(),
  new chats.ChatNotFound(),
  new chats.NotChatAdmin(),
  new chats.ChatIsDirect(),
  new chats.ChatFull(101),
  new chats.NotParticipant(42),
  new chats.LastAdmin(),
  new messages.MessageNotFound(),
  new messages.MessageTooLong(10_001),
  new messages.MessageEmpty(),
  new messages.MessageTextInvalid(),
  new messages.ReplyTargetInvalid(42),
  new messages.ClientIdReused(),
  new messages.NotSender(),
  new messages.MessageIsDeleted(),
  new messages.MessageBodyMissing(42),
  new media.MediaNotFound(),
  new media.ThumbnailNotFound(),
  new media.MediaTooLarge(26_214_400),
  new media.MediaQuotaExceeded(1_073_741_824),
  new media.PictureTooLarge(),
  new media.PictureUnreadable(),
  new media.MediaIdsInvalid([42], new Set()),
  new media.TooManyMedia(11),
  new media.MediaLinkInvalid(),
  new media.MediaFileMissing(42),
  new media.UploadNotFound(),
  new media.TooManyUploads(),
  new media.UploadInUse(),
  new media.UploadOffsetWrong(),
  new media.UploadTooLong(),
  new TusVersionWrong(),
  new TooManyConnections(50),
  new UnknownFrameType(['message', 'edit', 'delete', 'read', 'typing', 'ping']),
  new OtherChat(7),
  new TooManyFrames(1000),
];

const byCode = new Map(SAMPLES.map((sample) => [sample.code, sample]));

/** @throws Error for a code that nothing has: a slip of the pen in the documentation */
export function sampleOf(code: string): DomainError {
  const sample = byCode.get(code);
  if (!sample) throw new Error(`the documentation names the error ${code}, which does not exist`);
  return sample;
}

/** Every code, in alphabetical order. */
export function allSamples(): readonly DomainError[] {
  return [...byCode.values()].sort((a, b) => a.code.localeCompare(b.code, 'en'));
}
