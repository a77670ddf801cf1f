/**
 * Does what the Dockerfile does, without Docker: `npm run check:image`. Packages for production only, from the lock file;
 * what was built; and the server from those two in an empty folder, started, asked and ended as a container would be.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { buildIfNeeded } from './lib/build.mjs';
import { inRoot } from './lib/paths.mjs';

const LISTENS_WITHIN_MS = 30_000;

const image = mkdtempSync(join(tmpdir(), 'chat-image-'));
try {
  assemble();
  await tryOut();
  console.log('The image would serve.');
} finally {
  rmSync(image, { recursive: true, force: true });
}

function assemble() {
  buildIfNeeded();
  for (const file of ['package.json', 'package-lock.json']) cpSync(inRoot(file), join(image, file));
  execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], { cwd: image, stdio: 'inherit' });
  cpSync(inRoot('dist'), join(image, 'dist'), { recursive: true });
  if (existsSync(join(image, 'node_modules', 'node'))) throw new Error('a development package is in the image: node');
  mkdirSync(join(image, 'data'));
}

async function tryOut() {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    HOST: '0.0.0.0',
    PORT: '0',
    DATA_DIR: join(image, 'data'),
    SECRET_KEY: 'a key for a rehearsal and nothing else',
  };
  const [, ...command] = instruction(/^CMD (\[.*\])$/m);
  const server = spawn(process.execPath, command, { cwd: image, env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const url = await listening(server);
    const [, ...healthCheck] = instruction(/^HEALTHCHECK [^[]* CMD (\[.*\])$/m);
    execFileSync(process.execPath, healthCheck, { env: { ...env, PORT: new URL(url).port } });
    execFileSync(process.execPath, ['dist/apps/server/src/verify.js'], { cwd: image, env, stdio: 'inherit' });
    server.kill('SIGTERM');
    const [code] = await once(server, 'exit');
    if (code !== 0) throw new Error(`the server ended with ${code} after SIGTERM`);
  } finally {
    server.kill('SIGKILL');
  }
}

/** An instruction of the Dockerfile in exec form, as it stands there. */
function instruction(pattern) {
  const dockerfile = readFileSync(inRoot('Dockerfile'), 'utf8').replaceAll('\\\n', '');
  const found = pattern.exec(dockerfile)?.[1];
  if (found === undefined) throw new Error(`the Dockerfile has no ${pattern}`);
  return JSON.parse(found);
}

function listening(server) {
  return new Promise((resolve, reject) => {
    let log = '';
    const timer = setTimeout(() => reject(new Error(`the server did not listen:\n${log}`)), LISTENS_WITHIN_MS);
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${log}`)));
    server.stdout.on('data', (chunk) => {
      log += chunk;
      const url = /"url":"([^"]+)"/.exec(log)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}
