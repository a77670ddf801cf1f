import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds `package.json`: the same for the sources and for what is built from them. */
export const PRODUCT_ROOT = findUp(__dirname);

/** What runs here. */
export const PRODUCT = JSON.parse(readFileSync(join(PRODUCT_ROOT, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly version: string;
  readonly description: string;
};

function findUp(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  if (dirname(folder) === folder) throw new Error('there is no package.json above the program');
  return findUp(dirname(folder));
}
