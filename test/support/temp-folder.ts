import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that is gone when the suite ends. */
export function makeTempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chat-test-'));
  made.push(folder);
  return folder;
}
