import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';

const FOLDERS = ['apps', 'libs'];
const FILES = ['.swcrc', 'nest-cli.json', 'tsconfig.json', 'package-lock.json'];

/**
 * A digest of everything that the build depends on. By content and not by time: a checkout of an older commit,
 * a deleted file and a copied folder are noticed, and a mere `touch` is not.
 */
export function fingerprintOfSources() {
  const hash = createHash('sha256');
  for (const file of [...FOLDERS.flatMap(listFiles), ...FILES]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(inRoot(file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function listFiles(folder) {
  return readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => file.slice(inRoot('/').length))
    .sort();
}
