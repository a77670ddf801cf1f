import type { EntityManager } from 'typeorm';
import { MediaRemovalEntity } from '../persistence/media-removal.entity';
import { MediaEntity } from '../persistence/media.entity';

/** The highest id of a file that is stored or about to be removed; 0 without any. */
export async function findHighestMediaId(view: EntityManager): Promise<number> {
  const stored = await view.maximum(MediaEntity, 'id');
  const leaving = await view.maximum(MediaRemovalEntity, 'mediaId');
  return Math.max(Number(stored ?? 0), Number(leaving ?? 0));
}
