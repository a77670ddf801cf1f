import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { startServer, Server } from '../support/server';

const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);

/** What a client developer pastes from the page, in one shell, as it stands there but for the address. */
describe('docs/dialects/chatroom.md', () => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  test('can be followed by copy and paste', async () => {
    const page = readFileSync(resolve(ROOT, 'docs/dialects/chatroom.md'), 'utf8');
    const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block);
    const script = blocks.join('\n').replaceAll('http://localhost:8000', server.url);
    const env = {
      PATH: `${resolve(process.execPath, '..')}:${process.env.PATH}`,
      NODE_PATH: resolve(ROOT, 'node_modules'),
    };
    const { stdout, stderr } = await run('bash', ['--norc', '-eu', '-c', script], {
      cwd: server.nodes[0].home,
      env,
      timeout: 30_000,
    });
    expect(stderr).toBe('');
    const lines = stdout.trim().split('\n');
    const json = lines.filter((line) => /^[[{]/.test(line)).map((line) => JSON.parse(line) as unknown);
    expect(json.filter((one) => (one as { detail?: string }).detail !== undefined)).toEqual([
      { detail: expect.stringContaining('Origin') as string },
    ]);
    const texts = lines.filter((line) => !/^[[{]/.test(line));
    expect(texts).toEqual([
      expect.stringMatching(/^"User \d+ successfully added to chatroom \d+!"$/),
      expect.stringMatching(/^hello, user \d+$/),
      expect.stringMatching(/^User \d+ joined the chatroom$/),
      'ada: Hello World!',
    ]);
  });
});
