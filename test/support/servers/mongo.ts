import { execFile } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mongo } from 'mongoose';
import { cached } from './cache';
import { findExecutable, getExecutable } from './executables';
import { Command, PrivateServer } from './private-server';

const run = promisify(execFile);
const SOURCES = join(__dirname, 'ferretdb');
const FILES = ['main.go', 'go.mod', 'go.sum'];

/** MongoDB where it is installed; else FerretDB, which speaks its protocol, and keeps what it acknowledged as well. */
export class MongoServer extends PrivateServer {
  readonly name = 'the MongoDB server';

  get url(): string {
    return `mongodb://127.0.0.1:${this.port}/`;
  }

  protected async command(): Promise<Command> {
    const mongod = findExecutable('mongod');
    if (mongod === undefined) {
      return { program: await builtFerretDb(), args: [`127.0.0.1:${this.port}`, this.dataFolder] };
    }
    const args = ['--port', String(this.port), '--bind_ip', '127.0.0.1', '--dbpath', this.dataFolder];
    return { program: mongod, args: [...args, '--wiredTigerCacheSizeGB', '0.25', '--nounixsocket'] };
  }

  protected async greet(): Promise<void> {
    const client = new mongo.MongoClient(this.url, { serverSelectionTimeoutMS: 500 });
    try {
      await client.db('admin').command({ ping: 1 });
    } finally {
      await client.close();
    }
  }
}

/** So that no test waits for it: nothing to do where MongoDB is installed, or neither can be had. */
export async function prepareMongo(): Promise<void> {
  if (findExecutable('mongod') === undefined && findExecutable('go') !== undefined) await builtFerretDb();
}

/** The program, built once from the sources beside this file and kept: it takes minutes. */
async function builtFerretDb(): Promise<string> {
  const go = getExecutable('go');
  const { stdout: version } = await run(go, ['version']);
  const texts = FILES.map((file) => readFileSync(join(SOURCES, file), 'utf8'));
  const folder = await cached('ferretdb', [version, ...texts], async (made) => {
    // In a copy: building leaves nothing in the tree, and no `go.work` around it has a say.
    for (const file of FILES) cpSync(join(SOURCES, file), join(made, file));
    const environment = { ...process.env, GOFLAGS: '-mod=readonly', GOWORK: 'off', CGO_ENABLED: '0' };
    await run(go, ['build', '-trimpath', '-o', 'ferretdb', '.'], { cwd: made, env: environment });
  });
  return join(folder, 'ferretdb');
}
