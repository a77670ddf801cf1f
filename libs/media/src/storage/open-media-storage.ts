import { join } from 'node:path';
import type { ConfigValues } from '@app/platform';
import { LocalMediaStorage } from './local-media-storage';
import type { MediaStorage } from './media-storage';

/** Where files stand, by configuration alone. */
export function openMediaStorage({ MEDIA_DIR, DATA_DIR }: ConfigValues): MediaStorage {
  return new LocalMediaStorage(MEDIA_DIR ?? join(DATA_DIR, 'media'));
}
