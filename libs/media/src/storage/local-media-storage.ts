import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Variant } from '../media';
import { MediaFileMissing } from '../media.errors';
import { ByteRange, MediaStorage, StagedMedia } from './media-storage';

const SHARDS = 1000;

/**
 * A folder of this machine, or one that all nodes share. Each file has a folder of its own, named by its id, for itself and its
 * thumbnails: so one rename makes all of them visible. Nothing that a user says becomes part of a path.
 */
export class LocalMediaStorage extends MediaStorage {
  private readonly incoming: string;
  private readonly files: string;

  constructor(folder: string) {
    super();
    this.incoming = join(folder, 'incoming');
    this.files = join(folder, 'files');
  }

  async prepare(mediaId: number): Promise<string> {
    const folder = this.stagedPath(mediaId);
    await mkdir(this.incoming, { recursive: true });
    await mkdir(folder, { mode: 0o750 });
    return folder;
  }

  async stage(mediaId: number): Promise<void> {
    const folder = this.stagedPath(mediaId);
    for (const name of await readdir(folder)) await flush(join(folder, name));
    await flush(folder);
    await flush(this.incoming);
  }

  async publish(mediaId: number): Promise<void> {
    const target = this.path(mediaId);
    const shard = join(target, '..');
    await mkdir(shard, { recursive: true });
    try {
      await rename(this.stagedPath(mediaId), target);
    } catch (error) {
      // Another node, or the sweeper, was faster.
      if (isMissing(error) && (await exists(target))) return;
      throw error;
    }
    await flush(shard);
  }

  async discard(mediaId: number): Promise<void> {
    await rm(this.stagedPath(mediaId), { recursive: true, force: true });
  }

  async *list(): AsyncGenerator<number> {
    for (let shard = 0; shard < SHARDS; shard++) {
      yield* (await listFolder(join(this.files, nameOfShard(shard)))).map(Number);
    }
  }

  async listStaged(): Promise<StagedMedia[]> {
    const names = await listFolder(this.incoming);
    const staged = await Promise.all(
      names.map(async (name) => {
        const changedAt = await findChangedAt(join(this.incoming, name));
        return changedAt && { mediaId: Number(name), changedAt };
      }),
    );
    return staged.filter((entry) => entry !== undefined);
  }

  async open(mediaId: number, variant: Variant, range?: ByteRange): Promise<Readable> {
    const file = await orMissing(mediaId, () => open(join(this.path(mediaId), variant)));
    return file.createReadStream(range && { start: range.start, end: range.end });
  }

  async measure(mediaId: number, variant: Variant): Promise<number> {
    return (await orMissing(mediaId, () => stat(join(this.path(mediaId), variant)))).size;
  }

  async remove(mediaId: number): Promise<void> {
    await rm(this.path(mediaId), { recursive: true, force: true });
  }

  private stagedPath(mediaId: number): string {
    return join(this.incoming, String(mediaId));
  }

  private path(mediaId: number): string {
    return join(this.files, nameOfShard(mediaId % SHARDS), String(mediaId));
  }
}

function nameOfShard(shard: number): string {
  return String(shard).padStart(3, '0');
}

async function orMissing<Result>(mediaId: number, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new MediaFileMissing(mediaId, error);
  }
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^[1-9]\d{0,15}$/.test(name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function findChangedAt(path: string): Promise<Date | undefined> {
  try {
    const inside = await Promise.all((await readdir(path)).map((name) => stat(join(path, name))));
    return new Date(Math.max((await stat(path)).mtimeMs, ...inside.map(({ mtimeMs }) => mtimeMs)));
  } catch (error) {
    // It was published or discarded meanwhile.
    if (isMissing(error)) return undefined;
    throw error;
  }
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

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
