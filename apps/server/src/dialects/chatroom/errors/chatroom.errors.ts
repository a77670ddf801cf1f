import { DomainError } from '@app/platform';

/** Somebody else's account is named where only one's own can be meant. */
export class NotSelf extends DomainError {
  constructor() {
    super('forbidden', 'user.not_self', 'This is not your account.');
  }
}

/** An event that is about a room did not say about which. */
export class ChatroomIdMissing extends DomainError {
  constructor() {
    super('invalid', 'chat.missing', 'chatroomId is required');
  }
}

/** A message without anything to say was sent: no text, or none at all. */
export class MessageMissing extends DomainError {
  constructor() {
    super('invalid', 'message.missing', 'Message details are required');
  }
}

/** A browser brings the cookie along whoever asks it to: so it has to say that our own page asks. */
export class CookieFromElsewhere extends DomainError {
  constructor() {
    const sentence =
      'The cookie only counts together with an Origin of this server or a configured one; or send the header Authorization.';
    super('forbidden', 'auth.foreign_origin', sentence);
  }
}
