import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The key of an installation that was given none: made at first start, readable by its owner only.
 * It is written aside and linked into place, so that a crash leaves no half a key and two starts agree on one.
 */
export function keepGeneratedSecret(dataDir: string): { secret: string; file: string; isNew: boolean } {
  const file = join(dataDir, 'secret.key');
  mkdirSync(dataDir, { recursive: true });
  const kept = readIfThere(file);
  if (kept !== undefined) return { secret: kept, file, isNew: false };

  const draft = `${file}.${process.pid}`;
  const descriptor = openSync(draft, 'w', 0o600);
  writeSync(descriptor, randomBytes(48).toString('base64url'));
  fsyncSync(descriptor);
  closeSync(descriptor);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return { secret: readFileSync(file, 'utf8').trim(), file, isNew: true };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
