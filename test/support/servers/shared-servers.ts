import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { givenUrl, KINDS, ServerName } from './kinds';
import type { PrivateServer } from './private-server';

/** Where the processes of the run ask for a server. */
const ADDRESS = 'CHAT_TEST_SERVERS';

/**
 * One server of each kind for a whole run of tests, started when first asked for. The suites run in processes of their
 * own, and so ask by HTTP: `GET /mariadb` answers with the URL.
 */
export class SharedServers {
  private readonly started = new Map<ServerName, Promise<PrivateServer>>();
  private readonly door: Server = createServer((request, response) => {
    // A suite that asks minutes later must not find its connection just being closed for idleness.
    response.setHeader('connection', 'close');
    const name = request.url?.slice(1) as ServerName;
    this.urlOf(name).then(
      (url) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });

  async open(): Promise<void> {
    // It does not keep the run from ending.
    this.door.unref().listen(0, '127.0.0.1');
    await once(this.door, 'listening');
    process.env[ADDRESS] = `http://127.0.0.1:${(this.door.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.door.close();
    this.door.closeAllConnections();
    for (const starting of this.started.values()) {
      const server = await starting.catch(() => undefined);
      await server?.stop();
    }
  }

  private async urlOf(name: ServerName): Promise<string> {
    const starting = this.started.get(name) ?? KINDS[name].make().start();
    this.started.set(name, starting);
    return (await starting).url;
  }
}

/** The URL of the server that this run shares, or of the one that was given for it. */
export async function sharedUrl(name: ServerName): Promise<string> {
  const given = givenUrl(name);
  if (given !== undefined) return given;
  const response = await fetch(`${process.env[ADDRESS]}/${name}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
