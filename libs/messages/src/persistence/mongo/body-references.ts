import { Database } from '@app/database';
import { In } from 'typeorm';
import { MessageRevisionEntity } from '../message-revision.entity';
import { MessageEntity } from '../message.entity';
import type { BodyTrace } from './body-collection';

/** What points to bodies: messages, and the revisions of edited ones. */
export class BodyReferences {
  constructor(private readonly database: Database) {}

  /**
   * Those that nothing points to. Looks at messages first and at revisions second, and in one snapshot:
   * an edit moves a pointer from the one to the other, never back.
   */
  async findUnreferenced(bodies: readonly BodyTrace[]): Promise<BodyTrace[]> {
    if (bodies.length === 0) return [];
    return this.database.snapshot(async (view) => {
      const messages = await view.find(MessageEntity, {
        select: { chatId: true, seq: true, bodyId: true },
        where: { id: In(bodies.map(({ message_id }) => message_id)) },
      });
      const current = new Set(messages.map(({ bodyId }) => bodyId));
      const rest = bodies.filter(({ _id }) => !current.has(_id));
      if (rest.length === 0) return [];
      const revisions = await view.find(MessageRevisionEntity, {
        where: rest.map(({ _id, message_id }) => ({ messageId: message_id, bodyId: _id })),
      });
      const earlier = new Set(revisions.map(({ bodyId }) => bodyId));
      return rest.filter(({ _id }) => !earlier.has(_id));
    });
  }
}
