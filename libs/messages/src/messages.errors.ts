import { DomainError } from '@app/platform';
import { MESSAGE_EXTRAS_MAX_BYTES, MESSAGE_MAX_CHARACTERS } from './message';

/** No such message, or none that the actor may know of. */
export class MessageNotFound extends DomainError {
  constructor() {
    super('not_found', 'message.not_found', 'There is no such message, or you are not in its chat.');
  }
}

export class MessageTooLong extends DomainError {
  constructor(given: number) {
    const detail = `content: at most ${MESSAGE_MAX_CHARACTERS} characters, ${given} given.`;
    super('invalid', 'message.too_long', detail, { fields: [{ path: 'content', code: 'too_long', detail }] });
  }
}

export class MessageEmpty extends DomainError {
  constructor() {
    const detail = `content: 1 to ${MESSAGE_MAX_CHARACTERS} characters, of which at least one can be seen.`;
    super('invalid', 'message.empty', detail, { fields: [{ path: 'content', code: 'empty', detail }] });
  }
}

export class MessageTextInvalid extends DomainError {
  constructor() {
    const detail = 'content: NUL and lone surrogates are not text.';
    super('invalid', 'message.invalid_text', detail, { fields: [{ path: 'content', code: 'invalid', detail }] });
  }
}

export class MessageExtrasTooLarge extends DomainError {
  constructor(bytes: number) {
    const max = MESSAGE_EXTRAS_MAX_BYTES;
    const detail = `message: beside its content it may have at most ${max} bytes of JSON, ${bytes} given.`;
    super('invalid', 'message.extras_too_large', detail, {
      fields: [{ path: 'message', code: 'too_long', detail }],
    });
  }
}

export class ReplyTargetInvalid extends DomainError {
  constructor(messageId: number) {
    const detail = `reply_to: there is no message ${messageId} in this chat.`;
    super('invalid', 'message.reply_to_invalid', detail, { fields: [{ path: 'reply_to', code: 'not_found', detail }] });
  }
}

/** The same `client_id` names another message already. */
export class ClientIdReused extends DomainError {
  constructor() {
    super(
      'conflict',
      'message.client_id_reused',
      'This client_id was used in this chat for a message with other content.',
    );
  }
}

export class NotSender extends DomainError {
  constructor() {
    super('forbidden', 'message.not_sender', 'Only the sender may edit a message.');
  }
}

export class MessageIsDeleted extends DomainError {
  constructor() {
    super('conflict', 'message.deleted', 'The message was deleted and can not be edited.');
  }
}

/** Its text is not where it should be: data is damaged, or a store was restored to an earlier state than the other. */
export class MessageBodyMissing extends DomainError {
  constructor(messageId: number) {
    super('unavailable', 'message.body_missing', `The text of message ${messageId} can not be read at the moment.`, {
      retryAfterSeconds: 5,
    });
  }
}
