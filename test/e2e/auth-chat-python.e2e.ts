import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { uniqueName } from '../support/people';
import { findPython } from '../support/python';
import { startServer, Server } from '../support/server';

const WALK = resolve(__dirname, 'clients/auth_chat_walk.py');
/** Debian: `python3-httpx`, `python3-socketio`, `python3-requests` (which the latter connects with). */
const found = findPython(['httpx', 'socketio', 'requests']);

describe('a client in another language', () => {
  if ('reason' in found) {
    const title = `walks through auth-chat (not run: ${found.reason})`;
    if (process.env.CI !== 'true') return test.skip(title, () => undefined);
    return test(title, () => {
      throw new Error(found.reason);
    });
  }

  let server: Server;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  return test('walks through auth-chat', async () => {
    const walk = spawn(found.python, [WALK, server.url, uniqueName('walker')], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [[code], output, errors] = await Promise.all([
      once(walk, 'close') as Promise<[number | null]>,
      text(walk.stdout),
      text(walk.stderr),
    ]);
    if (code !== 0) throw new Error(errors);
    expect(output).toBe('walked\n');
  });
});
