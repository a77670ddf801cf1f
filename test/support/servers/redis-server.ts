import { Redis } from 'ioredis';
import { getExecutable } from './executables';
import { Command, PrivateServer } from './private-server';

/** Redis without persistence: what it holds is gone with it, as is allowed. */
export class RedisServer extends PrivateServer {
  readonly name = 'Redis';

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  protected command(): Command {
    const settings = { port: this.port, bind: '127.0.0.1', dir: this.dataFolder, save: '', appendonly: 'no' };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    return { program: getExecutable('redis-server', 'valkey-server'), args };
  }

  protected async greet(): Promise<void> {
    const client = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 1000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.ping();
    } finally {
      client.disconnect();
    }
  }
}
