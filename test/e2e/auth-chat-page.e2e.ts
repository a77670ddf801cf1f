import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { startServer, Server } from '../support/server';
import { findExecutable } from '../support/servers/executables';

const ROOT = resolve(__dirname, '../..');

function blocksOf(page: string, language: string): string[] {
  const markdown = readFileSync(resolve(ROOT, 'docs/dialects', page), 'utf8');
  const fence = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms');
  return [...markdown.matchAll(fence)].map(([, block]) => block ?? '');
}

describe('the page about the dialect auth-chat', () => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  test.each(['sh', 'python'])('has the same commands in Persian (%s)', (language) => {
    expect(blocksOf('auth-chat.fa.md', language)).toEqual(blocksOf('auth-chat.md', language));
  });

  const missing = ['bash', 'curl', 'jq'].filter((name) => findExecutable(name) === undefined);
  const title = missing.length === 0 ? 'can be pasted into a shell' : `not run: ${missing.join(', ')} is missing`;
  const paste = missing.length === 0 || process.env.CI === 'true' ? test : test.skip;

  paste(title, async () => {
    const script = blocksOf('auth-chat.md', 'sh').join('\n').replaceAll('http://localhost:8000', server.url);
    const path = `${resolve(process.execPath, '..')}:${process.env.PATH}`;
    const shell = spawn('bash', ['-euo', 'pipefail'], { cwd: ROOT, env: { PATH: path } });
    shell.stdin.end(script);
    const [[code], output, errors] = await Promise.all([
      once(shell, 'close') as Promise<[number | null]>,
      text(shell.stdout),
      text(shell.stderr),
    ]);
    expect([code, errors]).toEqual([0, '']);
    expect(output).not.toContain('"detail"');
    const room = /"id":"(\d+)","name":"Book club"/.exec(output)?.[1];
    const members = '["ann@example.org","ben@example.org","cleo@example.org"]';
    expect(output).toContain(`{"id":"${room}","name":"Book club","members":${members},"messages":[],"description"`);
    for (const line of [
      'Book club',
      'received: Hello from a socket',
      'it is on disk',
      "online: [ 'ann@example.org' ]",
    ]) {
      expect(output.split('\n')).toContain(line);
    }
    expect(output).toMatch(/\[\{"id":"\d+","other_user_email":"ann@example.org","is_online":false\}\]/);
  });
});
