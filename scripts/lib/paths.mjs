import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path inside the repository, wherever the script was started. */
export function inRoot(...parts) {
  return join(ROOT, ...parts);
}
