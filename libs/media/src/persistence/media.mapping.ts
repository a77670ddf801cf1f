import type { Media } from '../media';
import type { MediaEntity } from './media.entity';

/** What others are told of a row: plain data, that can travel between nodes. */
export function mediaOf(row: MediaEntity): Media {
  const { id, uploaderId, filename, contentType, size, sha256, width, height, durationMs, placeholder } = row;
  return { id, uploaderId, filename, contentType, size, sha256, width, height, durationMs, placeholder };
}
