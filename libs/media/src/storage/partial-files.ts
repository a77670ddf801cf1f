import { constants } from 'node:fs';
import { FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ConfigValues } from '@app/platform';
import { isUploadId } from '../resumable/resumable-upload';
import { UploadTooLong } from '../resumable/resumable.errors';

/**
 * The bytes of uploads that come in parts: a file for each, in a folder of this machine or one that all nodes share. Its length
 * says how much is there.
 */
export class PartialFiles {
  private readonly folder: string;

  constructor({ MEDIA_DIR, DATA_DIR }: ConfigValues) {
    this.folder = join(MEDIA_DIR ?? join(DATA_DIR, 'media'), 'partial');
  }

  /** Bytes that are there; 0 also before there is a file. */
  async measure(uploadId: string): Promise<number> {
    return (await stat(this.path(uploadId)).catch(orMissing))?.size ?? 0;
  }

  /**
   * Writes what comes, a chunk at a time. When `content` breaks off, what came before stays.
   * @param offset where to begin @param size how long the file may get
   * @returns where it ended
   * @throws UploadTooLong, and what `content` fails with
   */
  async write(uploadId: string, offset: number, size: number, content: Readable): Promise<number> {
    await mkdir(this.folder, { recursive: true, mode: 0o750 });
    const file = await open(this.path(uploadId), constants.O_WRONLY | constants.O_CREAT, 0o640);
    let position = offset;
    try {
      for await (const chunk of content as AsyncIterable<Buffer>) {
        if (position + chunk.length > size) throw new UploadTooLong();
        await writeAll(file, chunk, position);
        position += chunk.length;
      }
    } finally {
      await file.close();
    }
    return position;
  }

  async open(uploadId: string): Promise<Readable> {
    return (await open(this.path(uploadId))).createReadStream();
  }

  /** Also if there is nothing. */
  async remove(uploadId: string): Promise<void> {
    await rm(this.path(uploadId), { force: true });
  }

  async list(): Promise<string[]> {
    return ((await readdir(this.folder).catch(orMissing)) ?? []).filter(isUploadId);
  }

  private path(uploadId: string): string {
    if (!isUploadId(uploadId)) throw new Error('what is no id of an upload would have become part of a path');
    return join(this.folder, uploadId);
  }
}

async function writeAll(file: FileHandle, chunk: Buffer, position: number): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    const { bytesWritten } = await file.write(chunk, done, chunk.length - done, position + done);
    done += bytesWritten;
  }
}

function orMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
