/**
 * The built server, assembled as always, with places at which it can be made to die. They are put around the ports from
 * here, so that what is shipped has none. `FAILPOINT` names the place and `FAILPOINT_HIT` says at which passing;
 * `FAILPOINT_HOLD_MS` lets it wait there instead of dying. `TESTED_BUILD` is the folder of the build.
 */
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

type Work = (tx: object) => Promise<unknown>;

interface Database {
  transaction(work: Work): Promise<unknown>;
}
interface Bodies {
  stage(bodies: readonly unknown[]): Promise<void>;
  add(tx: object, bodies: readonly unknown[]): Promise<void>;
}
interface App {
  get<Port>(token: unknown): Port;
  getHttpAdapter(): { getInstance(): { addHook(name: 'onResponse', hook: typeof afterResponse): void } };
  getHttpServer(): { address(): AddressInfo };
  listen(options: { host: string; port: number }): Promise<unknown>;
}
interface Config {
  readonly values: { readonly HOST: string; readonly PORT: number };
}
interface Build {
  createApp(config: Config): Promise<App>;
  endOnCrash(): void;
  endOnSignals(app: App): void;
  loadConfig(environment: NodeJS.ProcessEnv): Config;
  Database: unknown;
  MessageBodies: unknown;
}

/** Time for an answer that left too early to reach its client, so that it can be missed. */
const BEFORE_COMMIT_MS = 50;

const { TESTED_BUILD, FAILPOINT, FAILPOINT_HIT = '1', FAILPOINT_HOLD_MS } = process.env;
const build = loadBuild(TESTED_BUILD ?? resolve(import.meta.dirname, '../../dist'));
let hits = 0;

function loadBuild(folder: string): Build {
  const require = createRequire(resolve(folder, 'from-here.js'));
  const parts = [
    './apps/server/src/create-app.js',
    './apps/server/src/end.js',
    './libs/platform/src/index.js',
    './libs/database/src/index.js',
    './libs/messages/src/message-bodies.js',
  ];
  return Object.assign({}, ...parts.map((part) => require(part) as object)) as Build;
}

/** Dies here, or waits, if this is the place and the time. */
async function pass(place: string): Promise<void> {
  if (place !== FAILPOINT || ++hits !== Number(FAILPOINT_HIT)) return;
  if (FAILPOINT_HOLD_MS === undefined) process.kill(process.pid, 'SIGKILL');
  else await setTimeout(Number(FAILPOINT_HOLD_MS));
}

/** Fails in transactions that make a message visible, and no others. */
function putFailpoints(database: Database, bodies: Bodies): void {
  const [transaction, stage, add] = [
    database.transaction.bind(database),
    bodies.stage.bind(bodies),
    bodies.add.bind(bodies),
  ];
  const sending = new WeakSet<object>();
  bodies.stage = async (staged) => {
    await stage(staged);
    await pass('after the body');
  };
  bodies.add = async (tx, added) => {
    await add(tx, added);
    sending.add(tx);
  };
  database.transaction = async (work) => {
    let isSending = false;
    const result = await transaction(async (tx) => {
      const done = await work(tx);
      isSending = sending.has(tx);
      if (isSending && FAILPOINT === 'before the commit') await setTimeout(BEFORE_COMMIT_MS);
      if (isSending) await pass('before the commit');
      return done;
    });
    if (isSending) await pass('after the commit');
    return result;
  };
}

function afterResponse(request: { method: string; url: string }, _reply: unknown, done: () => void): void {
  if (request.method === 'POST' && request.url.startsWith('/api/v1/messages')) {
    void pass('after the acknowledgement').then(done);
  } else {
    done();
  }
}

const config = build.loadConfig(process.env);
const app = await build.createApp(config);
putFailpoints(app.get<Database>(build.Database), app.get<Bodies>(build.MessageBodies));
app.getHttpAdapter().getInstance().addHook('onResponse', afterResponse);
build.endOnCrash();
build.endOnSignals(app);
await app.listen({ host: config.values.HOST, port: config.values.PORT });
const { port } = app.getHttpServer().address();
console.log(JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${port}`, pid: process.pid }));
