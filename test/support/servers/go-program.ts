import { execFile } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from './cache';
import { getExecutable } from './executables';

const run = promisify(execFile);

/**
 * A program, built once from the Go module in the folder of this name beside this file, and kept: that takes minutes.
 * @param what the package to build, as the module names it
 */
export async function builtGoProgram(name: string, files: readonly string[], what: string): Promise<string> {
  const sources = join(__dirname, name);
  const go = getExecutable('go');
  const { stdout: version } = await run(go, ['version']);
  const texts = files.map((file) => readFileSync(join(sources, file), 'utf8'));
  const folder = await cached(name, [version, ...texts], async (made) => {
    // In a copy: building leaves nothing in the tree, and no `go.work` around it has a say.
    for (const file of files) cpSync(join(sources, file), join(made, file));
    const environment = { ...process.env, GOFLAGS: '-mod=readonly', GOWORK: 'off', CGO_ENABLED: '0' };
    await run(go, ['build', '-trimpath', '-o', name, what], { cwd: made, env: environment });
  });
  return join(folder, name);
}
