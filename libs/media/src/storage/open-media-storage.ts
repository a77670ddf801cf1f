import { join } from 'node:path';
import { ConfigValues, StoreProbes } from '@app/platform';
import { IncomingFolder } from './incoming-folder';
import { LocalMediaStorage } from './local-media-storage';
import type { MediaStorage } from './media-storage';
import { openBucket } from './s3/open-bucket';
import { S3MediaStorage } from './s3/s3-media-storage';

/**
 * Where files stand, by configuration alone.
 * @throws StoreUnreachable
 */
export async function openMediaStorage(values: ConfigValues, probes?: StoreProbes): Promise<MediaStorage> {
  const folder = values.MEDIA_DIR ?? join(values.DATA_DIR, 'media');
  if (values.S3_BUCKET === undefined) return new LocalMediaStorage(folder);
  const bucket = await openBucket(values.S3_BUCKET, values);
  probes?.add({ name: 'files', kind: 'S3', isVital: false, ask: () => bucket.ask() });
  return new S3MediaStorage(bucket, new IncomingFolder(join(folder, 'incoming')));
}
