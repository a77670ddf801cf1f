import { DomainError } from '@app/platform';

/** A frame of a type that this dialect does not have. */
export class UnknownFrameType extends DomainError {
  constructor(known: readonly string[]) {
    const detail = `type: must be one of ${known.join(', ')}.`;
    super('invalid', 'live.unknown_type', detail, { fields: [{ path: 'type', code: 'not_one_of', detail }] });
  }
}

/** A raw WebSocket speaks for the one chat in its path. */
export class OtherChat extends DomainError {
  constructor(chatId: number) {
    const detail = `chat_id: this connection is for chat ${chatId}; open another one for another chat.`;
    super('invalid', 'live.other_chat', detail, { fields: [{ path: 'chat_id', code: 'other_chat', detail }] });
  }
}
