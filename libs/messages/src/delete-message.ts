import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import type { Message } from './message';
import { MessageRef, MessageRevising } from './message-revising';

/** Leaves a tombstone in the place of one's own message, or as an admin of any: its texts are gone. */
@Injectable()
export class DeleteMessage {
  constructor(private readonly revising: MessageRevising) {}

  /**
   * @returns the tombstone, also when the message was deleted before
   * @throws MessageNotFound, NotChatAdmin
   */
  execute(actor: Actor, message: MessageRef): Promise<Message> {
    return this.revising.revise(actor, message, null);
  }
}
