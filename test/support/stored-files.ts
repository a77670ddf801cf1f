import { readdirSync } from 'node:fs';
import type { Server } from './server';
import { listObjects } from './servers/s3-server';

/** Where the originals of uploaded files stand, in the folder of the server or in its bucket. */
export async function listOriginals({ settings, mediaDir }: Server): Promise<string[]> {
  const names =
    settings.S3_BUCKET === undefined
      ? readdirSync(`${mediaDir}/files`, { recursive: true }).map(String)
      : await listObjects(settings);
  return names.filter((name) => name.endsWith('/original'));
}
