import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, listFolder } from './folders';
import type { StagedMedia } from './media-storage';

/** Files that are coming in, on this machine's disk: a folder for each, named by its id. */
export class IncomingFolder {
  constructor(readonly path: string) {}

  pathOf(mediaId: number): string {
    return join(this.path, String(mediaId));
  }

  async make(mediaId: number): Promise<string> {
    const folder = this.pathOf(mediaId);
    await mkdir(this.path, { recursive: true });
    await mkdir(folder, { mode: 0o750 });
    return folder;
  }

  async remove(mediaId: number): Promise<void> {
    await rm(this.pathOf(mediaId), { recursive: true, force: true });
  }

  async list(): Promise<StagedMedia[]> {
    const staged = await Promise.all(
      (await listFolder(this.path)).map(async (mediaId) => {
        const changedAt = await findChangedAt(this.pathOf(mediaId));
        return changedAt && { mediaId, changedAt };
      }),
    );
    return staged.filter((entry) => entry !== undefined);
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
