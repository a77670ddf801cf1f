import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadConfig } from '@app/platform';
import { makeTempFolder } from '../support/temp-folder';

const ROOT = resolve(__dirname, '../..');
const compose = readFileSync(resolve(ROOT, 'compose.yaml'), 'utf8');

/** What has to be in `.env`; the file itself says so by `:?`. */
const SECRETS = [...new Set([...compose.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name ?? ''))];

const docker = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  spawnSync('docker', ['compose', ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    encoding: 'utf8',
  });

/** What Compose would make of a value, with a secret of 32 characters for each. */
function interpolate(value: string): string {
  return value
    .replace(/^'(.*)'$/, '$1')
    .replace(/\$\{[A-Z_]+:\?[^}]*\}/, '0123456789abcdef0123456789abcdef')
    .replace(/\$\{[A-Z_]+:-(.*)\}/, '$1');
}

const itWithCompose =
  docker(['version']).status === 0
    ? it
    : (name: string, test: () => void) => it.skip(`${name} (skipped: there is no docker compose)`, test);

describe('compose.yaml', () => {
  it('gives the nodes settings that the server knows, and has it accept them', () => {
    const section = /^x-node:.*?^ {2}environment:\n(.*?)^ {2}\S/ms.exec(compose)?.[1] ?? '';
    const lines = [...section.matchAll(/^ {4}([A-Z_]+): (.*)$/gm)];
    const given = new Map(lines.map(([, name = '', value = '']) => [name, interpolate(value)]));
    expect([...given.keys()]).toEqual(expect.arrayContaining(['SECRET_KEY', 'MYSQL_HOST', 'REDIS_URL']));
    const environment = { ...Object.fromEntries(given), NODE_ENV: 'production', DATA_DIR: makeTempFolder() };
    const { values } = loadConfig(environment);
    expect([...given.keys()].filter((name) => !(name in values))).toEqual([]);
    expect(values).toMatchObject({ TRUST_PROXY: 1, MYSQL_HOST: 'mysql' });
  });

  it('has MySQL put every commit on disk', () => {
    expect(compose).toMatch(/^ +- --innodb-flush-log-at-trx-commit=1$/m);
    expect(compose).toMatch(/^ +- --sync-binlog=1$/m);
  });

  itWithCompose('is what docker compose understands', () => {
    const secrets = Object.fromEntries(SECRETS.map((name) => [name, 'a-secret']));
    expect(docker(['config', '--quiet'], secrets)).toMatchObject({ status: 0, stderr: '' });
  });

  itWithCompose('is refused without its secrets, by name', () => {
    const { status, stderr } = docker(['--env-file', '/dev/null', 'config', '--quiet']);
    expect(status).not.toBe(0);
    expect(SECRETS.some((name) => stderr.includes(`put a ${name} `))).toBe(true);
  });
});
