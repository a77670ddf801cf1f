import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * What takes long to make and stays the same: a folder that `make` has filled, kept outside the tree.
 * `madeOf` says everything that it depends on. Safe beside other processes that make the same.
 */
export async function cached(name: string, madeOf: string[], make: (folder: string) => Promise<void>): Promise<string> {
  const home = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'chat-backend-tests');
  const digest = createHash('sha256').update(JSON.stringify(madeOf)).digest('hex').slice(0, 16);
  const kept = join(home, `${name}-${digest}`);
  if (existsSync(kept)) return kept;
  mkdirSync(home, { recursive: true });
  const made = mkdtempSync(join(home, '.making-'));
  try {
    await make(made);
    renameSync(made, kept);
  } catch (error) {
    // Another process may have been quicker: then its folder is as good.
    if (!existsSync(kept)) throw error;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return kept;
}
