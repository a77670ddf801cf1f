import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { LogLines } from './log-lines';
import { Environment, Exit, Origin, ServerNode } from './server-node';
import type { ServerName } from './servers/kinds';
import { Store, takeStores } from './servers/stores';

declare global {
  /** Which stores the tests of this project use; see jest.config.mjs. */
  var testedStores: 'embedded' | 'cluster' | undefined;
}

const CLUSTER_STORES: readonly ServerName[] = ['mariadb', 'mongo', 'redis', 's3'];
const CLUSTER_NODES = 2;

/** One key for all nodes. */
const SECRET_KEY = randomBytes(32).toString('hex');

export interface ServerOptions {
  readonly stores: readonly ServerName[];
  readonly nodes: number;
}

function optionsOfProject(): ServerOptions {
  return globalThis.testedStores === 'cluster'
    ? { stores: CLUSTER_STORES, nodes: CLUSTER_NODES }
    : { stores: [], nodes: 1 };
}

/**
 * The product as users meet it: on the embedded store one process, in the project "cluster" two, on stores of their own.
 * Whoever asks for its `url` is sent to one node after the other; so the clients of a suite are spread over all.
 */
export class Server implements Origin {
  readonly nodes: readonly [ServerNode, ...ServerNode[]];
  logs = new LogLines();
  private readonly stores: readonly ServerName[];
  private store: Store | undefined;
  private picked = 0;

  constructor(environment: Environment = {}, { stores, nodes }: ServerOptions = optionsOfProject()) {
    const keyed = nodes > 1 ? { SECRET_KEY, ...environment } : environment;
    const others = Array.from({ length: nodes - 1 }, () => new ServerNode(keyed));
    this.nodes = [new ServerNode(keyed), ...others];
    this.stores = stores;
  }

  get url(): string {
    return this.pick().url;
  }

  /** The nodes in turn. */
  pick(): ServerNode {
    return this.nodes[this.picked++ % this.nodes.length] ?? this.nodes[0];
  }

  /** Where uploaded files are, of all nodes. */
  get mediaDir(): string {
    return join(this.nodes[0].home, 'media');
  }

  /** What a command of the product must be told to work on the same data. */
  get settings(): Environment {
    return { DATA_DIR: this.nodes[0].dataDir, MEDIA_DIR: this.mediaDir, ...this.store?.settings };
  }

  /** Starts all nodes at once, on the same stores as before. */
  async start(environment: Environment = {}): Promise<this> {
    this.logs = new LogLines();
    this.store ??= await takeStores(this.stores);
    const whole = { MEDIA_DIR: this.mediaDir, ...this.store.settings, ...environment };
    await Promise.all(this.nodes.map((node) => node.start(whole, this.logs)));
    return this;
  }

  /** Sends a signal to all nodes and waits for their ends; tells of one that ended badly, if there is one. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<Exit> {
    const exits = await Promise.all(this.nodes.map((node) => node.kill(signal)));
    return exits.find(({ code }) => code !== 0) ?? { code: 0, signal: null };
  }

  /** Ends it by `signal` and starts it again on the same data, on other ports. */
  async restart(options: { signal?: NodeJS.Signals; environment?: Environment } = {}): Promise<void> {
    await this.kill(options.signal ?? 'SIGTERM');
    await this.start(options.environment);
  }

  /** Asks politely, insists on a clean exit and gives everything back. */
  async stop(): Promise<void> {
    try {
      const ends = await Promise.allSettled(this.nodes.map((node) => node.stop()));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    } finally {
      await this.remove();
    }
  }

  /** Gives back what it has; its processes must have ended. */
  async remove(): Promise<void> {
    for (const node of this.nodes) node.remove();
    await this.store?.drop();
    this.store = undefined;
  }
}

/** A running server. Call `stop()` in `afterAll`. */
export async function startServer(environment: Environment = {}, options?: ServerOptions): Promise<Server> {
  const server = new Server(environment, options);
  try {
    return await server.start();
  } catch (error) {
    await server.kill();
    await server.remove();
    throw error;
  }
}

/** For servers that are expected to refuse to start: how the process ended, and everything that it wrote. */
export async function failToStart(environment: Environment): Promise<Exit & { output: string }> {
  const server = new ServerNode(environment);
  try {
    server.launch();
    const stop = server.logs.onLine(({ msg }) => msg === 'listening' && void server.kill());
    const exit = await server.exited;
    stop();
    return { ...exit, output: server.logs.text() };
  } finally {
    server.remove();
  }
}
