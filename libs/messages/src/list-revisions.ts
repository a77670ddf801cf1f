import { Injectable } from '@nestjs/common';
import { ChatAccess, ChatNotFound } from '@app/chats';
import { Database } from '@app/database';
import { Actor, makePage, Page, PageRequest, pageOffset } from '@app/platform';
import type { Revision } from './message';
import { MessageBodies } from './message-bodies';
import { MessageNotFound } from './messages.errors';
import { MessagesRepository } from './messages.repository';

/** The earlier texts of a message, oldest first, for members of its chat. A deleted message has none. */
@Injectable()
export class ListRevisions {
  constructor(
    private readonly database: Database,
    private readonly access: ChatAccess,
    private readonly messages: MessagesRepository,
    private readonly bodies: MessageBodies,
  ) {}

  /** @throws MessageNotFound */
  async execute(actor: Actor, messageId: number, request: PageRequest): Promise<Page<Revision>> {
    await this.requireReader(actor, messageId);
    return this.database.snapshot(async (view) => {
      const page = { offset: pageOffset(request), limit: request.limit };
      const [rows, total] = await this.messages.findRevisions(messageId, page, view);
      const contents = await this.bodies.findContents(
        rows.map(({ bodyId }) => bodyId),
        view,
      );
      const revisions = rows.map(({ number, bodyId, writtenAt }) => ({
        number,
        content: contents.get(bodyId) ?? '',
        writtenAt,
      }));
      return makePage(revisions, total, request);
    });
  }

  private async requireReader(actor: Actor, messageId: number): Promise<void> {
    const message = await this.messages.findById(messageId);
    if (!message) throw new MessageNotFound();
    try {
      await this.access.require(actor, 'read', message.chatId);
    } catch (error) {
      throw error instanceof ChatNotFound ? new MessageNotFound() : error;
    }
  }
}
