import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where servers and compilers lie that a user's PATH often lacks. */
const FURTHER_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/usr/local/go/bin', '/usr/lib/go/bin'];

/** The path of a program, or undefined where it is not installed. */
export function findExecutable(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...FURTHER_FOLDERS];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** @throws if none of these names is installed */
export function getExecutable(...names: string[]): string {
  for (const name of names) {
    const found = findExecutable(name);
    if (found !== undefined) return found;
  }
  throw new Error(`${names.join(' or ')} is not installed`);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
