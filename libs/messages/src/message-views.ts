import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '@app/platform';
import { UserDirectory } from '@app/users';
import type { EntityManager } from 'typeorm';
import { composeMessage } from './compose-message';
import { Message } from './message';
import { MessageBodies } from './message-bodies';
import { MessageBodyMissing } from './messages.errors';
import { MessagesRepository } from './messages.repository';
import type { MessageEntity } from './persistence/message.entity';

/** Puts messages together with their texts and their senders' names: one query each, however many there are. */
@Injectable()
export class MessageViews {
  private readonly logger = new Logger(MessageViews.name);

  constructor(
    private readonly messages: MessagesRepository,
    private readonly bodies: MessageBodies,
    private readonly directory: UserDirectory,
    private readonly metrics: Metrics,
  ) {}

  /**
   * In the order given.
   * @throws MessageBodyMissing
   */
  async compose(rows: readonly MessageEntity[], view?: EntityManager): Promise<Message[]> {
    const contents = await this.findContents(rows, view);
    const missing = rows.filter((row) => isMissing(row, contents));
    const reread = missing.length === 0 ? undefined : await this.reread(missing, contents);
    const names = await this.directory.getNames(rows.map(({ senderId }) => senderId));
    return rows.map((row) => {
      const current = reread?.get(row.id) ?? row;
      const content = current.bodyId === null ? '' : (contents.get(current.bodyId) ?? '');
      return composeMessage(current, content, names.get(row.senderId)?.username ?? '');
    });
  }

  /** An edit or a deletion may have come between the reading of the row and of its text; if not, something is lost. */
  private async reread(
    missing: readonly MessageEntity[],
    contents: Map<number, string>,
  ): Promise<Map<number, MessageEntity>> {
    const rows = await this.messages.findByIds(missing.map(({ id }) => id));
    for (const [bodyId, content] of await this.findContents([...rows.values()])) contents.set(bodyId, content);
    const lost = [...rows.values()].find((row) => isMissing(row, contents));
    if (lost) {
      this.metrics.danglingBodies.inc();
      this.logger.error({ messageId: lost.id, bodyId: lost.bodyId }, 'a message points to a body that is not there');
      throw new MessageBodyMissing(lost.id);
    }
    return rows;
  }

  private findContents(rows: readonly MessageEntity[], view?: EntityManager): Promise<Map<number, string>> {
    return this.bodies.findContents(
      rows.flatMap(({ bodyId }) => (bodyId === null ? [] : [bodyId])),
      view,
    );
  }
}

function isMissing(row: MessageEntity, contents: ReadonlyMap<number, string>): boolean {
  return row.bodyId !== null && !contents.has(row.bodyId);
}
