import { execFile } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { cached } from './cache';
import { getExecutable } from './executables';
import { Command, PrivateServer } from './private-server';

const run = promisify(execFile);
const USER = 'chat';
const PASSWORD = 'only for tests';

/** Kept small, since each server starts on a copy. */
const STORAGE = ['--innodb-log-file-size=16M', '--innodb-buffer-pool-size=64M'];

/** Durable, and in a time zone that shows at once who forgets to say UTC. */
const SETTINGS = [
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--skip-log-bin',
  '--skip-networking=0',
  '--character-set-server=utf8mb4',
  '--innodb-flush-log-at-trx-commit=1',
  '--default-time-zone=+05:45',
  '--performance-schema=off',
  '--max-connections=500',
];

/** MariaDB, as durable as in production. `url` names no database: see `makeDatabase`. */
export class MariaDb extends PrivateServer {
  readonly name = 'MariaDB';

  get url(): string {
    return `mysql://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${this.port}`;
  }

  protected override async prepare(): Promise<void> {
    cpSync(await installedData(), this.dataFolder, { recursive: true });
    writeFileSync(
      this.initFile,
      `CREATE USER IF NOT EXISTS '${USER}'@'%' IDENTIFIED BY '${PASSWORD}';\nGRANT ALL ON *.* TO '${USER}'@'%';\n`,
    );
  }

  protected command(): Command {
    const own = {
      datadir: this.dataFolder,
      port: this.port,
      socket: join(this.dataFolder, 'socket'),
      'pid-file': join(this.dataFolder, 'pid'),
      'init-file': this.initFile,
      user: userInfo().username,
    };
    const args = Object.entries(own).map(([name, value]) => `--${name}=${value}`);
    return { program: getExecutable('mariadbd', 'mysqld'), args: ['--no-defaults', ...args, ...STORAGE, ...SETTINGS] };
  }

  protected async greet(): Promise<void> {
    const connection = await createConnection({ uri: this.url, connectTimeout: 2000 });
    connection.on('error', () => undefined);
    await connection.end();
  }

  private get initFile(): string {
    return join(this.dataFolder, 'init.sql');
  }
}

/** The folder of a server that has just been installed. Made once per version and kept: it takes seconds. */
async function installedData(): Promise<string> {
  const install = getExecutable('mariadb-install-db', 'mysql_install_db');
  const { stdout: version } = await run(getExecutable('mariadbd', 'mysqld'), ['--version']);
  const args = ['--no-defaults', '--skip-test-db', `--user=${userInfo().username}`, ...STORAGE];
  const folder = await cached('mariadb', [version, ...args], async (made) => {
    await run(install, [...args, `--datadir=${join(made, 'data')}`]);
  });
  return join(folder, 'data');
}
