import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inRoot } from './paths.mjs';

const require = createRequire(import.meta.url);

/** A module of the built application, by its path inside dist. */
export function loadBuilt(path) {
  const file = inRoot('dist', path);
  if (!existsSync(file)) throw new Error(`${path.replace(/\.js$/, '.ts')} does not exist, or was not built`);
  return require(file);
}
