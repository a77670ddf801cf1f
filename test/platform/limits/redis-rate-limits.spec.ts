import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RateLimited, RedisRateLimits, StoreUnreachable } from '@app/platform';
import { describeIfThere, RedisServer } from '../../support/servers';
import { eventually } from '../../support/wait';
import { makeLimit, testRateLimits, use } from './rate-limits.contract';

describeIfThere(['redis'], 'RedisRateLimits', () => {
  let server: RedisServer;
  const opened: RedisRateLimits[] = [];
  const open = async (): Promise<RedisRateLimits> => {
    const limits = await RedisRateLimits.open(server.url);
    opened.push(limits);
    return limits;
  };
  beforeAll(async () => (server = await new RedisServer().start()));
  afterAll(() => server.stop());
  beforeEach(() => {
    for (const level of ['log', 'warn'] as const)
      jest.spyOn(Logger.prototype, level).mockImplementation(() => undefined);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    for (const limits of opened.splice(0)) limits.onApplicationShutdown();
  });

  testRateLimits(open);

  it('counts for all nodes together, also what comes at once', async () => {
    const nodes = await Promise.all([open(), open(), open()]);
    const limit = makeLimit({ points: 20 });
    const attempts = nodes.flatMap((node) => Array.from({ length: 40 }, () => node.consume(limit, 'alice')));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    await Promise.all(nodes.map((node) => expect(node.require(limit, 'alice')).rejects.toBeInstanceOf(RateLimited)));
    await nodes[0]?.reset(limit, 'alice');
    await nodes[1]?.require(limit, 'alice');
  });

  it('leaves nothing behind when a window has passed', async () => {
    const limits = await open();
    const limit = makeLimit({ seconds: 1 });
    await limits.consume(limit, 'alice');
    await limits.giveBack(limit, 'alice');
    await limits.giveBack(limit, 'bob');
    const client = new Redis(server.url);
    const keys = () => client.keys(`*${limit.name}*`);
    expect(await keys()).toEqual([`chat:limit:${limit.name}:alice`]);
    expect(await eventually(keys, ({ length }) => length === 0)).toEqual([]);
    client.disconnect();
  });

  it('goes on counting by itself while Redis is gone, and with the others when it is back', async () => {
    const [limits, other] = await Promise.all([open(), open()]);
    const limit = makeLimit();
    await server.kill();
    await use(limits, limit, 'alice', 3);
    await expect(limits.consume(limit, 'alice')).rejects.toBeInstanceOf(RateLimited);
    await limits.reset(limit, 'alice');
    await limits.require(limit, 'alice');
    await limits.giveBack(limit, 'alice');

    await server.restart();
    const shared = makeLimit({ points: 1000 });
    const count = async () => {
      await other.consume(shared, 'alice');
      return 1000 - (await limits.consume(shared, 'alice')).remaining;
    };
    const before = await eventually(count, (used) => used > 10);
    expect((await count()) - before).toBe(2);
  });

  it('lets nobody wait for a Redis that stands still', async () => {
    const limits = await open();
    const limit = makeLimit({ points: 1000 });
    await limits.consume(limit, 'alice');
    server.pause();
    const timeOf = async (work: () => Promise<unknown>) => {
      const startedAt = performance.now();
      await work();
      return performance.now() - startedAt;
    };
    const all = () => Promise.all(Array.from({ length: 100 }, () => limits.consume(limit, 'alice')));
    expect(await timeOf(all)).toBeLessThan(600);
    expect(await timeOf(() => use(limits, limit, 'alice', 100))).toBeLessThan(200);
    server.resume();
    // Those that came while it stood still were counted after all; what counts is that it answers again.
    const remaining = async () => (await limits.consume(limit, 'alice')).remaining;
    await eventually(remaining, (left) => left > 800 && left < 999);
    const client = new Redis(server.url);
    const key = `chat:limit:${limit.name}:alice`;
    const before = Number(await client.get(key));
    await eventually(remaining, () => true);
    expect(Number(await client.get(key))).toBe(before + 1);
    client.disconnect();
  });

  it('says at the start what is wrong, without the password', async () => {
    const failure = await RedisRateLimits.open('redis://:secret@127.0.0.1:1').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreUnreachable);
    expect((failure as Error).message).toMatch(
      /^REDIS_URL names redis:\/\/127\.0\.0\.1:1, which can not be used: connect/,
    );
  });
});
