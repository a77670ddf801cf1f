import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Variant } from '../media';
import { MediaFileMissing } from '../media.errors';
import { isMissing, listFolder } from './folders';
import { IncomingFolder } from './incoming-folder';
import { ByteRange, MediaStorage, StagedMedia } from './media-storage';

const SHARDS = 1000;

/**
 * A folder of this machine, or one that all nodes share. Each file has a folder of its own, named by its id, for itself and its
 * thumbnails: so one rename makes all of them visible. Nothing that a user says becomes part of a path.
 */
export class LocalMediaStorage extends MediaStorage {
  private readonly incoming: IncomingFolder;
  private readonly files: string;

  constructor(folder: string) {
    super();
    this.incoming = new IncomingFolder(join(folder, 'incoming'));
    this.files = join(folder, 'files');
  }

  prepare(mediaId: number): Promise<string> {
    return this.incoming.make(mediaId);
  }

  async stage(mediaId: number): Promise<void> {
    const folder = this.incoming.pathOf(mediaId);
    for (const name of await readdir(folder)) await flush(join(folder, name));
    await flush(folder);
    await flush(this.incoming.path);
  }

  async publish(mediaId: number): Promise<void> {
    const target = this.path(mediaId);
    const shard = join(target, '..');
    await mkdir(shard, { recursive: true });
    try {
      await rename(this.incoming.pathOf(mediaId), target);
    } catch (error) {
      // Another node, or the sweeper, was faster.
      if (isMissing(error) && (await exists(target))) return;
      throw error;
    }
    await flush(shard);
  }

  discard(mediaId: number): Promise<void> {
    return this.incoming.remove(mediaId);
  }

  async *list(): AsyncGenerator<number> {
    for (let shard = 0; shard < SHARDS; shard++) yield* await listFolder(join(this.files, nameOfShard(shard)));
  }

  listStaged(): Promise<StagedMedia[]> {
    return this.incoming.list();
  }

  async open(mediaId: number, variant: Variant, range?: ByteRange): Promise<Readable> {
    try {
      const file = await open(join(this.path(mediaId), variant));
      return file.createReadStream(range && { start: range.start, end: range.end });
    } catch (error) {
      throw new MediaFileMissing(mediaId, error);
    }
  }

  findLink(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async findSize(mediaId: number, variant: Variant): Promise<number | undefined> {
    try {
      return (await stat(join(this.path(mediaId), variant))).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async remove(mediaId: number): Promise<void> {
    await rm(this.path(mediaId), { recursive: true, force: true });
  }

  private path(mediaId: number): string {
    return join(this.files, nameOfShard(mediaId % SHARDS), String(mediaId));
  }
}

function nameOfShard(shard: number): string {
  return String(shard).padStart(3, '0');
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

/** Of a file its bytes, of a folder the names in it. */
async function flush(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
