import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';

export interface ReceivedFile {
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

/**
 * Writes what comes to a new file, a chunk at a time and holding no other: what is sent faster than the disk takes it
 * waits with its sender.
 * @param take is told of each chunk's bytes before they are written, and throws to stop
 */
export async function receiveFile(
  content: Readable,
  path: string,
  take: (bytes: number) => void,
): Promise<ReceivedFile> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx', 0o640);
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      take(chunk.length);
      size += chunk.length;
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}

/** The same facts of a file that lies there. */
export async function measureFile(path: string): Promise<ReceivedFile> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    size += chunk.length;
    hash.update(chunk);
  }
  return { size, sha256: hash.digest('hex') };
}
