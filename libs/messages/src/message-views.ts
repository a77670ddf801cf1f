import { Injectable } from '@nestjs/common';
import { MediaAttachments } from '@app/media';
import { UserDirectory } from '@app/users';
import type { EntityManager } from 'typeorm';
import { composeMessage } from './compose-message';
import { LostBodies } from './lost-bodies';
import { Message } from './message';
import { MessageBodies, StoredBody } from './message-bodies';
import { MessagesRepository } from './messages.repository';
import type { MessageEntity } from './persistence/message.entity';

/**
 * Puts messages together with their texts, their files and their senders' names: one query each, however many there are.
 * A text that is lost is an alarm, and its message says so; it does not take the rest of the page from its readers.
 */
@Injectable()
export class MessageViews {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly bodies: MessageBodies,
    private readonly directory: UserDirectory,
    private readonly lostBodies: LostBodies,
    private readonly attachments: MediaAttachments,
  ) {}

  /** In the order given. */
  async compose(rows: readonly MessageEntity[], view?: EntityManager): Promise<Message[]> {
    const bodyIds = rows.flatMap(({ bodyId }) => (bodyId === null ? [] : [bodyId]));
    const bodies = await this.bodies.findBodies(bodyIds, view);
    const missing = rows.filter((row) => row.bodyId !== null && !bodies.has(row.bodyId));
    const tombstones = await this.findTombstones(missing);
    const withMedia = rows.filter(({ mediaCount }) => mediaCount > 0).map(({ id }) => id);
    const media = await this.attachments.findOfMessages(withMedia, view);
    const names = await this.directory.getNames(rows.map(({ senderId }) => senderId));
    return rows.map((row) =>
      composeMessage(tombstones.get(row.id) ?? row, bodyOf(row, bodies), names.get(row.senderId), media.get(row.id)),
    );
  }

  /** A deletion may have come between the reading of a row and of its text; if not, the text is lost. */
  private async findTombstones(missing: readonly MessageEntity[]): Promise<Map<number, MessageEntity>> {
    if (missing.length === 0) return new Map();
    const rows = await this.messages.findByIds(missing.map(({ id }) => id));
    const tombstones = [...rows.values()].filter(({ deletedAt }) => deletedAt !== null);
    const found = new Map(tombstones.map((row) => [row.id, row]));
    for (const row of missing) if (!found.has(row.id)) this.lostBodies.raise(row);
    return found;
  }
}

function bodyOf({ bodyId }: MessageEntity, bodies: ReadonlyMap<number, StoredBody>): StoredBody | undefined {
  return bodyId === null ? undefined : bodies.get(bodyId);
}
