import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Clock, Metrics, RedisConnection, RedisEventBus, StoreProbes } from '@app/platform';
import { PresencePlace } from '../../../libs/realtime/src/presence/presence-place';
import { PresenceStore } from '../../../libs/realtime/src/presence/presence-store';
import { RedisPresence } from '../../../libs/realtime/src/presence/redis-presence';
import { describeIfThere, RedisServer } from '../../support/servers';
import { expectSoon, PresenceNode, testPresence, watch } from './presence.contract';

const NODES = 'chat:presence:nodes';
const BACK_WITHIN_MS = 15_000;

interface Node extends PresenceNode {
  readonly presence: RedisPresence;
  close(): Promise<void>;
}

const partsOf = ({ presence }: Node) =>
  presence as unknown as { connection: RedisConnection; place: PresencePlace; store: PresenceStore };

describeIfThere(['redis'], 'RedisPresence', () => {
  let server: RedisServer;
  let redis: Redis;
  let here: Node, there: Node;
  const opened: Node[] = [];

  const open = async (): Promise<Node> => {
    const bus = await RedisEventBus.open(server.url, new Metrics(), new StoreProbes());
    const published = watch(bus);
    const presence = await RedisPresence.open(server.url, bus, new Clock());
    const close = async () => {
      await presence.onApplicationShutdown();
      await bus.onApplicationShutdown();
    };
    const node = { presence, published, close };
    opened.push(node);
    return node;
  };
  /** Ends it without a word, as SIGKILL does. */
  const kill = (node: Node): void => {
    const { place, connection } = partsOf(node);
    place.stopTimers();
    connection.close();
  };
  /** From now on its calls reach Redis when the returned function has been called. */
  const hold = (node: Node): (() => void) => {
    const { store } = partsOf(node);
    const apply = store.apply.bind(store);
    let release = () => undefined as void;
    const released = new Promise<void>((resolve) => (release = resolve));
    store.apply = (...call) => released.then(() => apply(...call));
    return release;
  };
  const said = async (node: Node) => partsOf(node).place.outbox?.drain();
  const online = (node: Node, chatId: number) => () => node.presence.listOnlineInChat(chatId);
  const total = (node: Node) => async () => (await node.presence.stats()).totalConnections;

  beforeAll(async () => {
    server = await new RedisServer().start();
    redis = new Redis(server.url);
    redis.on('error', () => undefined);
  });
  beforeEach(async () => {
    Logger.overrideLogger(false);
    await redis.flushall();
    [here, there] = [await open(), await open()];
    await expectSoon(() => redis.zcard(NODES), 2);
  });
  afterEach(async () => {
    for (const node of opened.splice(0)) await node.close();
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  testPresence(async () => here);

  it('counts over all nodes: the first connection anywhere comes, the last one goes', async () => {
    expect(await here.presence.opened(7, 'websocket')).toBe(1);
    expect(await there.presence.opened(7, 'websocket')).toBe(2);
    await here.presence.joined(7, [1]);
    expect(await there.presence.listOnlineInChat(1)).toEqual([7]);
    await there.presence.joined(7, [1]);
    here.presence.closed(7, 'websocket');
    here.presence.left(7, [1]);
    await expectSoon(total(here), 1);
    expect(here.presence.isOnline(7)).toBe(true);
    expect(await here.presence.listOnlineInChat(1)).toEqual([7]);
    there.presence.left(7, [1]);
    there.presence.closed(7, 'websocket');
    await expectSoon(() => here.presence.isOnline(7), false);
    expect([here.published, there.published]).toEqual([['7 came to 1'], ['7 left 1']]);
  });

  it('never tells that somebody goes who is counted on another node first, however slow that is', async () => {
    await here.presence.joined(7, [1]);
    const answer = hold(there);
    const counted = [there.presence.joined(7, [1]), there.presence.joined(7, [1])];
    const changed = Promise.race(counted).then(() => here.presence.left(7, [1]));
    // What goes out too early has been carried out by then.
    await new Promise(setImmediate);
    await said(here);
    answer();
    await Promise.all([...counted, changed]);
    await said(here);
    expect([here.published, there.published]).toEqual([['7 came to 1'], []]);
    expect(await here.presence.listOnlineInChat(1)).toEqual([7]);
  });

  it('shows at once, and on a node that comes later, who is online elsewhere', async () => {
    await there.presence.opened(7, 'websocket');
    await expectSoon(() => here.presence.isOnline(7), true);
    const later = await open();
    await expectSoon(() => later.presence.isOnline(7), true);
  });

  it('clears away a node that has died, and tells once who went with it', async () => {
    for (const node of [here, there]) {
      await node.presence.opened(7, 'websocket');
      await node.presence.joined(7, [1]);
    }
    await there.presence.opened(8, 'websocket');
    await there.presence.joined(8, [1]);
    await expectSoon(online(here, 1), [7, 8]);
    const third = await open();
    kill(there);
    // As if it alone had not beaten for so long.
    await redis.set('chat:presence:beat', Date.now());
    for (const node of await redis.zrange(NODES, 0, -1)) {
      if ((await redis.sismember(`chat:presence:node:${node}:pairs`, '1:8')) === 1) await redis.zadd(NODES, 1, node);
    }
    await expectSoon(online(here, 1), [7], 8000);
    await expectSoon(
      () => [here, third].flatMap(({ published }) => published.filter((what) => what.includes('left'))),
      ['8 left 1'],
    );
    await expectSoon(() => here.presence.isOnline(8), false);
    expect(await here.presence.stats()).toMatchObject({ totalConnections: 1, onlineUsers: 1 });
  });

  it('is told anew by a node that was taken for dead, and by all when Redis has forgotten everything', async () => {
    await here.presence.opened(7, 'websocket');
    await here.presence.joined(7, [1, 2]);
    await expectSoon(online(there, 2), [7]);
    for (const node of await redis.zrange(NODES, 0, -1)) await redis.zadd(NODES, 0, node);
    await expectSoon(() => redis.zcount(NODES, 1, '+inf'), 2, BACK_WITHIN_MS);
    await expectSoon(online(there, 2), [7], BACK_WITHIN_MS);
    await server.kill();
    await server.restart();
    await expectSoon(online(there, 2), [7], BACK_WITHIN_MS);
    await expectSoon(() => there.presence.isOnline(7), true);
  });

  it('goes by what this node has while Redis is gone, and lets nobody seem to go who stays', async () => {
    for (const [node, userId] of [
      [here, 7],
      [here, 8],
      [there, 9],
    ] as const) {
      await node.presence.opened(userId, 'websocket');
      await node.presence.joined(userId, [1]);
    }
    await expectSoon(online(here, 1), [7, 8, 9]);
    for (const { published } of [here, there]) published.length = 0;
    server.pause();
    expect(await here.presence.opened(7, 'websocket')).toBe(2);
    expect(await here.presence.listOnlineInChat(1)).toEqual([7, 8]);
    here.presence.left(8, [1]);
    here.presence.closed(8, 'websocket');
    await expectSoon(() => partsOf(here).connection.isUp, false);
    expect(here.presence.isOnline(9)).toBe(false);
    server.resume();
    await expectSoon(online(there, 1), [7, 9], BACK_WITHIN_MS);
    await expectSoon(total(there), 3, BACK_WITHIN_MS);
    await expectSoon(() => here.presence.isOnline(9), true);
    const gone = new Set([...here.published, ...there.published].filter((what) => what.includes('left')));
    expect([...gone]).toEqual(['8 left 1']);
  });

  it('leaves nothing behind when it stops', async () => {
    await there.presence.opened(7, 'websocket');
    await there.presence.joined(7, [1]);
    await expectSoon(online(here, 1), [7]);
    await there.close();
    expect(await redis.keys('chat:presence:*')).toEqual([NODES]);
  });
});
