import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Mutex } from '@app/platform';
import type { Variant } from '../../media';
import { MediaFileMissing } from '../../media.errors';
import { mediaIdsIn } from '../folders';
import { IncomingFolder } from '../incoming-folder';
import { ByteRange, LinkedAnswer, MediaStorage, StagedMedia } from '../media-storage';
import type { Bucket } from './bucket';

const FILES = 'files/';
const STAGED = 'staged/';
/** Files that go to the store at once: each holds parts in memory. The others wait on the disk. */
const LANES = 4;
/** Well within the time after which the sweeper of another node takes what is staged for left over. */
const STAGE_LIMIT_MS = 30 * 60_000;

/**
 * An S3-compatible store for all nodes. Files come in on this machine's disk. Each goes to `files/<id>/<variant>`, where it
 * stays, after `staged/<id>` was put there: objects can't be renamed, so a file is staged as long as that marker is there.
 * Nothing that a user says becomes part of a key.
 */
export class S3MediaStorage extends MediaStorage {
  private readonly lanes = Array.from({ length: LANES }, () => new Mutex());
  /** Of these the store may still get something that was sent before we gave up. */
  private readonly inDoubt = new Set<number>();

  constructor(
    private readonly bucket: Bucket,
    private readonly incoming: IncomingFolder,
  ) {
    super();
  }

  prepare(mediaId: number): Promise<string> {
    return this.incoming.make(mediaId);
  }

  stage(mediaId: number): Promise<void> {
    const lane = this.lanes[mediaId % LANES] as Mutex;
    return lane.run(async () => {
      this.inDoubt.add(mediaId);
      const endsAt = performance.now() + STAGE_LIMIT_MS;
      await this.bucket.put(markerOf(mediaId), 'staged');
      const folder = this.incoming.pathOf(mediaId);
      for (const name of await readdir(folder)) {
        await this.bucket.putFile(keyOf(mediaId, name), join(folder, name), endsAt - performance.now());
      }
      this.inDoubt.delete(mediaId);
    });
  }

  async publish(mediaId: number): Promise<void> {
    await this.incoming.remove(mediaId);
    await this.bucket.remove(markerOf(mediaId));
  }

  async discard(mediaId: number): Promise<void> {
    await this.incoming.remove(mediaId);
    const isInDoubt = this.inDoubt.delete(mediaId);
    await this.bucket.removeAll(folderOf(mediaId));
    // Else the sweeper comes again, when nothing can arrive any more.
    if (!isInDoubt) await this.bucket.remove(markerOf(mediaId));
  }

  async *list(): AsyncGenerator<number> {
    for await (const names of this.bucket.listFolders(FILES)) {
      // In this order: a marker goes when the file is published, or after it is gone.
      const staged = new Set((await this.listMarkers()).map(({ mediaId }) => mediaId));
      yield* mediaIdsIn(names).filter((mediaId) => !staged.has(mediaId));
    }
  }

  async listStaged(): Promise<StagedMedia[]> {
    const byId = new Map<number, StagedMedia>();
    for (const entry of [...(await this.incoming.list()), ...(await this.listMarkers())])
      byId.set(entry.mediaId, entry);
    return [...byId.values()];
  }

  async open(mediaId: number, variant: Variant, range?: ByteRange): Promise<Readable> {
    const found = await this.bucket.find(keyOf(mediaId, variant), range).catch((error: unknown) => {
      throw new MediaFileMissing(mediaId, error);
    });
    if (!found) throw new MediaFileMissing(mediaId);
    return found;
  }

  findLink(mediaId: number, variant: Variant, answer: LinkedAnswer): Promise<string | undefined> {
    return this.bucket.findLink(keyOf(mediaId, variant), answer);
  }

  findSize(mediaId: number, variant: Variant): Promise<number | undefined> {
    return this.bucket.findSize(keyOf(mediaId, variant));
  }

  remove(mediaId: number): Promise<void> {
    return this.bucket.removeAll(folderOf(mediaId));
  }

  private async listMarkers(): Promise<StagedMedia[]> {
    const staged: StagedMedia[] = [];
    for await (const page of this.bucket.list(STAGED)) {
      for (const { key, changedAt } of page) {
        staged.push(...mediaIdsIn([key.slice(STAGED.length)]).map((mediaId) => ({ mediaId, changedAt })));
      }
    }
    return staged;
  }
}

function markerOf(mediaId: number): string {
  return `${STAGED}${mediaId}`;
}

function folderOf(mediaId: number): string {
  return `${FILES}${mediaId}/`;
}

function keyOf(mediaId: number, name: string): string {
  return folderOf(mediaId) + name;
}
