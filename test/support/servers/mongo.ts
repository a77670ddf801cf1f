import { mongo } from 'mongoose';
import { findExecutable } from './executables';
import { builtGoProgram } from './go-program';
import { Command, PrivateServer } from './private-server';

const FERRETDB = ['main.go', 'go.mod', 'go.sum'];

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

export function builtFerretDb(): Promise<string> {
  return builtGoProgram('ferretdb', FERRETDB, '.');
}
