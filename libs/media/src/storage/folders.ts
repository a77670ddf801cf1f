import { readdir } from 'node:fs/promises';

/** How a file is named wherever it stands. */
const MEDIA_ID = /^[1-9]\d{0,15}$/;

/** Those names that are ids. */
export function mediaIdsIn(names: readonly string[]): number[] {
  return names.filter((name) => MEDIA_ID.test(name)).map(Number);
}

/** The ids by which folders are named in this one; none where it is missing. */
export async function listFolder(folder: string): Promise<number[]> {
  try {
    return mediaIdsIn(await readdir(folder));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
