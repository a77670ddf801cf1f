import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config-error';

const SECRET_BYTES = 48;
const MIN_LENGTH = 32;

/**
 * The key of an installation that was given none: made at first start, readable by its owner only.
 * It is written aside and linked into place, so that a crash leaves no half a key and two starts agree on one.
 * `dataDir` exists.
 * @throws ConfigError if the kept key can't be read or is damaged: a new one would silently end every session.
 */
export function keepGeneratedSecret(dataDir: string): { secret: string; file: string; isNew: boolean } {
  const file = join(dataDir, 'secret.key');
  const kept = readSecret(file);
  if (kept !== undefined) return { secret: kept, file, isNew: false };

  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeSecret(draft, randomBytes(SECRET_BYTES).toString('base64url'));
  const isNew = moveIntoPlace(draft, file);
  const secret = readSecret(file);
  if (secret === undefined) throw new ConfigError([`${file} was removed while it was being made; start again`]);
  return { secret, file, isNew };
}

function readSecret(file: string): string | undefined {
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret.length >= MIN_LENGTH) return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ConfigError([`${file} holds the key that tokens are signed with, but can't be read: ${String(error)}`]);
  }
  throw new ConfigError([
    `${file} is damaged: it holds fewer than ${MIN_LENGTH} characters. ` +
      'Restore it, or remove it, which logs everyone out',
  ]);
}

function writeSecret(file: string, secret: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, secret);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** False if another start was faster: then its key counts. */
function moveIntoPlace(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}
