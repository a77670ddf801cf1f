import { Injectable } from '@nestjs/common';
import { ChatAccess, ChatNotFound } from '@app/chats';
import { Database } from '@app/database';
import { Actor, makePage, Page, PageRequest, pageOffset } from '@app/platform';
import type { Revision } from './message';
import { LostBodies } from './lost-bodies';
import { MessageBodies } from './message-bodies';
import { MessageNotFound } from './messages.errors';
import { MessagesRepository } from './messages.repository';
import type { MessageRevisionEntity } from './persistence/message-revision.entity';

/** The earlier texts of a message, oldest first, for members of its chat. A deleted message has none. */
@Injectable()
export class ListRevisions {
  constructor(
    private readonly database: Database,
    private readonly access: ChatAccess,
    private readonly messages: MessagesRepository,
    private readonly bodies: MessageBodies,
    private readonly lostBodies: LostBodies,
  ) {}

  /** @throws MessageNotFound, MessageBodyMissing */
  async execute(actor: Actor, messageId: number, request: PageRequest): Promise<Page<Revision>> {
    await this.requireReader(actor, messageId);
    return this.database.snapshot(async (view) => {
      const page = { offset: pageOffset(request), limit: request.limit };
      const [rows, total] = await this.messages.findRevisions(messageId, page, view);
      const bodies = await this.bodies.findBodies(
        rows.map(({ bodyId }) => bodyId),
        view,
      );
      const lost = rows.find(({ bodyId }) => !bodies.has(bodyId));
      if (lost) return this.explain(lost, request);
      const revisions = rows.map(({ number, bodyId, writtenAt }) => ({
        number,
        content: bodies.get(bodyId)?.content ?? '',
        writtenAt,
      }));
      return makePage(revisions, total, request);
    });
  }

  /** The message may have been deleted since the snapshot; then it has no revisions. If not, a text is lost. */
  private async explain({ messageId, bodyId }: MessageRevisionEntity, request: PageRequest): Promise<Page<Revision>> {
    const message = await this.messages.findById(messageId);
    if (message?.deletedAt) return makePage([], 0, request);
    throw this.lostBodies.raise({ id: messageId, bodyId });
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
