import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

interface Replacement {
  /** A file of the build, or a folder of which every file is meant. */
  readonly path: string;
  readonly from: RegExp;
  readonly to: string;
}

/** Builds that break a promise. Each is the build as it is, with a few words replaced. */
const MUTANTS = {
  /** Everybody hears that it is on disk when the statements have run and nothing is committed. */
  'acknowledges before the commit': [
    {
      path: 'libs/chats/src/log/chat-log.js',
      from: /\(tx\)=>commit\.run\(tx\)/,
      to: 'async (tx)=>{ await commit.run(tx); commit.settle(); }',
    },
  ],
  /** Neither looks for an earlier message of the same key nor has an index that would refuse a second. */
  'has no unique key': [
    {
      path: 'libs/database/src/migrations/mysql',
      from: /UNIQUE INDEX `messages_client_id`/,
      to: 'INDEX `messages_client_id`',
    },
    {
      path: 'libs/messages/src/messages.repository.js',
      from: /if \(keys\.length === 0\) return \[\];/,
      to: 'return [];',
    },
  ],
} satisfies Record<string, Replacement[]>;

export type Mutant = keyof typeof MUTANTS;

/** Makes such a build in this empty folder, and gives its path. Throws if the words are not there any more. */
export function makeMutant(mutant: Mutant, folder: string): string {
  const build = join(folder, 'dist');
  cpSync(join(ROOT, 'dist'), build, { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const replacement of MUTANTS[mutant]) replace(build, replacement);
  return build;
}

function replace(build: string, { path, from, to }: Replacement): void {
  const files = path.endsWith('.js') ? [path] : readdirSync(join(build, path)).map((file) => join(path, file));
  let isDone = false;
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(join(build, file), 'utf8');
    const changed = text.replace(from, to);
    isDone ||= changed !== text;
    writeFileSync(join(build, file), changed);
  }
  if (!isDone) throw new Error(`${path} has no ${String(from)} any more: the mutant has to be made another way`);
}
