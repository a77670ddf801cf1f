import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import type { Message } from './message';
import { MessageRef, MessageRevising } from './message-revising';
import { checkMessageText } from './message-rules';

/** Replaces the text of one's own message; the earlier text is kept as a revision. */
@Injectable()
export class EditMessage {
  constructor(private readonly revising: MessageRevising) {}

  /** @throws MessageTooLong, MessageEmpty, MessageTextInvalid, MessageNotFound, NotSender, MessageIsDeleted */
  async execute(actor: Actor, message: MessageRef, content: string): Promise<Message> {
    checkMessageText(content, { mayBeBlank: true });
    return this.revising.revise(actor, message, content);
  }
}
