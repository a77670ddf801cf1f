import { resolve } from 'node:path';
import { CommandResult, runCommand } from '../support/command';
import { Environment, ServerNode } from '../support/server-node';
import { Link, makeMongoDatabase, makeMysqlDatabase, MariaDb, MongoServer, RedisServer } from '../support/servers';

const MAIN = resolve(__dirname, 'node-with-failpoints.mts');
/** FerretDB looks through all texts for every page: so there must not be too many. */
const RUNS_PER_DATABASE = 8;
const SECRET_KEY = 'one key for all nodes, since they must know the tokens of each other';

/** Nodes on servers of their own, all of which a test may kill, pause and cut off. */
export class FaultyCluster {
  readonly mariadb = new MariaDb();
  readonly mongo = new MongoServer();
  readonly redis = new RedisServer();
  nodes: readonly ServerNode[] = [];
  /** The line of each node to Redis. */
  links: readonly Link[] = [];
  /** What every node is told. */
  settings: Environment = {};
  private runs = 0;

  /** Starts the servers, and as many nodes, of the build in this folder or of the product's own. */
  async start(count = 2, build?: string): Promise<this> {
    await Promise.all([this.mariadb.start(), this.mongo.start(), this.redis.start()]);
    this.settings = { ...(await this.makeDatabases()), SECRET_KEY, TESTED_BUILD: build };
    this.links = await Promise.all(Array.from({ length: count }, () => Link.to(this.redis.url)));
    this.nodes = this.links.map(
      (link) => new ServerNode({ ...this.settings, REDIS_URL: link.through(this.redis.url) }, MAIN),
    );
    await Promise.all(this.nodes.map((node) => node.start()));
    return this;
  }

  node(index: number): ServerNode {
    const node = this.nodes[index % this.nodes.length];
    if (!node) throw new Error('the cluster has not been started');
    return node;
  }

  /** Before a run: now and then, the nodes are moved to empty databases, if those that they leave are sound. */
  async makeRoom(): Promise<void> {
    if (this.runs++ % RUNS_PER_DATABASE !== RUNS_PER_DATABASE - 1) return;
    const { code, output, errors } = await this.verify();
    if (code !== 0) throw new Error(`the stores are not sound: ${output} ${errors}`);
    await Promise.all(this.nodes.map((node) => node.kill()));
    this.settings = { ...this.settings, ...(await this.makeDatabases()) };
    await Promise.all(this.nodes.map((node) => node.start({ ...this.settings, FAILPOINT: undefined })));
  }

  /** Looks for damage in the stores, beside the nodes. */
  verify(): Promise<CommandResult> {
    return runCommand('verify', { ...this.settings, DATA_DIR: this.node(0).dataDir });
  }

  /** What the nodes wrote last, for whoever wants to know why. */
  tails(): string {
    return this.nodes.map((node, index) => `node ${index}:\n${node.logs.tail(15)}`).join('\n');
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    for (const node of this.nodes) node.remove();
    await Promise.all(this.links.map((link) => link.close()));
    await Promise.all([this.mariadb.stop(), this.mongo.stop(), this.redis.stop()]);
  }

  private async makeDatabases(): Promise<Environment> {
    const [mysql, mongo] = [await makeMysqlDatabase(this.mariadb.url), await makeMongoDatabase(this.mongo.url)];
    return { ...mysql.settings, ...mongo.settings };
  }
}
