import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fingerprintOfSources } from './fingerprint.mjs';
import { inRoot, ROOT } from './paths.mjs';

/** Stands in dist only after a whole build, and says what it was made of. */
const STAMP = inRoot('dist', '.built-from');

/** What the server hands out and no package installed in production holds. */
const ASSETS = ['redoc.standalone.js', 'redoc.standalone.js.LICENSE.txt'];

/** Compiles the server into dist. Ends the process if that fails. */
export function build() {
  const sources = fingerprintOfSources();
  const nest = inRoot('node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  if (!existsSync(nest)) {
    console.error('The packages are not installed; run `npm ci` first.');
    process.exit(1);
  }
  // The log of a build is for people; standard output belongs to the server.
  const { status } = spawnSync(process.execPath, [nest, 'build'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    console.error('The build failed.');
    process.exit(status || 1);
  }
  mkdirSync(inRoot('dist', 'assets'), { recursive: true });
  for (const asset of ASSETS) {
    copyFileSync(inRoot('node_modules', 'redoc', 'bundles', asset), inRoot('dist', 'assets', asset));
  }
  writeFileSync(STAMP, sources);
}

/** Builds unless dist was made of exactly what lies here now; then it costs some milliseconds. */
export function buildIfNeeded() {
  if (readStamp() !== fingerprintOfSources()) build();
}

function readStamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
