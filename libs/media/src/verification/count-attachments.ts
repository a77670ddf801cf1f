import { EntityManager, In } from 'typeorm';
import { MediaAttachmentEntity } from '../persistence/media-attachment.entity';

/** How many files each of these messages brings; those without any are missing. */
export async function countAttachments(
  view: EntityManager,
  messageIds: readonly number[],
): Promise<Map<number, number>> {
  if (messageIds.length === 0) return new Map();
  const rows = await view.findBy(MediaAttachmentEntity, { messageId: In([...messageIds]) });
  return new Map([...Map.groupBy(rows, ({ messageId }) => messageId)].map(([id, files]) => [id, files.length]));
}
