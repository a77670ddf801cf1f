import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { runCommand } from '../support/command';
import { newGroup, newPerson, send } from '../support/people';
import { startServer } from '../support/server';

describe('npm run verify, on the embedded store', () => {
  test('ends with 1 when something is wrong, and the server goes on', async () => {
    const server = await startServer();
    const ada = await newPerson(server);
    const chat = await newGroup(ada, []);
    const message = await send(ada, chat, 'soon without a text');
    const store = new BetterSqlite3(join(server.nodes[0].dataDir, 'chat.sqlite'), { timeout: 5000 });
    store.prepare('DELETE FROM message_bodies WHERE id = (SELECT body_id FROM messages WHERE id = ?)').run(message.id);
    store.close();
    const { code, output } = await runCommand('verify', server.settings);
    expect(code).toBe(1);
    expect(output).toMatch(
      new RegExp(`^pointer: message ${message.id} .* points to body \\d+, which does not exist$`, 'm'),
    );
    expect(output).toMatch(/^damaged: pointer 1, after/m);
    await send(ada, chat, 'still here');
    await server.stop();
  });

  test('ends with 2 when there is nothing to look at', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'chat-verify-'));
    const { code, errors } = await runCommand('verify', { DATA_DIR: empty });
    rmSync(empty, { recursive: true });
    expect(code).toBe(2);
    expect(errors).toBe(`not verified: DATA_DIR ${empty}/chat.sqlite: there is no database\n`);
  });
});
