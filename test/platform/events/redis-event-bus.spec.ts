import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Metrics, RedisEventBus, StoreProbes, StoreUnreachable } from '@app/platform';
import { describeWith } from '../../support/servers';
import { eventually } from '../../support/wait';
import { Anything, Closed, Opened, Said, testEventBus } from './event-bus.contract';
import { Node } from './nodes';

describeWith(['redis'], 'RedisEventBus', (stores) => suite(() => stores.settings.REDIS_URL ?? ''));

function suite(url: () => string): void {
  const nodes: Node[] = [];
  const open = async (): Promise<Node> => {
    const node = await Node.open(url());
    nodes.push(node);
    return node;
  };
  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(nodes.splice(0).map((node) => node.close()));
  });

  describe('on one node', () => testEventBus(async () => (await open()).bus));

  it('tells all nodes what has no topic, and of a topic those that follow it', async () => {
    const [a, b, c] = await Promise.all([open(), open(), open()]);
    await b.bus.follow(['chat:1']);
    a.bus.publish(Said({ chatId: 1, n: 1 }), Said({ chatId: 2, n: 2 }), Opened({ chatId: 9 }));
    expect(await b.untilHeard('opened 9')).toEqual(['said 1', 'opened 9']);
    expect(await c.untilHeard('opened 9')).toEqual(['opened 9']);
    expect(a.heard).toEqual(['said 1', 'said 2', 'opened 9']);
  });

  it('keeps the order in a chat, whether events go to all nodes or to those that follow', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    await b.bus.follow(['chat:1', 'chat:2']);
    const expected: string[] = [];
    for (let round = 0; round < 200; round++) {
      const n = round * 4;
      a.bus.publish(Said({ chatId: 1, n }), Said({ chatId: 1, n: n + 1 }), Opened({ chatId: n + 2 }));
      a.bus.publish(Said({ chatId: 1, n: n + 3 }), Closed({ chatId: n + 3 }));
      expected.push(`said ${n}`, `said ${n + 1}`, `opened ${n + 2}`, `said ${n + 3}`, `closed ${n + 3}`);
    }
    expect(await b.untilHeard(expected.at(-1) ?? '')).toEqual(expected);
  });

  it('sends what a handler publishes in answer after what it answers', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    a.bus.on(Opened, ({ chatId }) => a.bus.publish(Closed({ chatId })));
    a.bus.publish(Opened({ chatId: 1 }), Opened({ chatId: 2 }));
    expect(await b.untilHeard('closed 2')).toEqual(['opened 1', 'opened 2', 'closed 1', 'closed 2']);
  });

  it('sends one message for each topic of a turn, not one for each event', async () => {
    const a = await open();
    const spy = new Redis(url());
    const channels: string[] = [];
    spy.on('pmessage', (_pattern, channel) => channels.push(channel));
    await spy.psubscribe('*');
    const b = await open();
    for (let n = 0; n < 50; n++) a.bus.publish(Said({ chatId: 1, n }), Said({ chatId: 2, n }));
    a.bus.publish(Opened({ chatId: 1 }));
    await b.untilHeard('opened 1');
    await spy.ping();
    spy.disconnect();
    expect(channels.filter((channel) => channel !== 'chat:0:bus')).toEqual(['chat:0:bus:chat:1', 'chat:0:bus:chat:2']);
  });

  it.each([
    [
      'dates, and strings that look like dates',
      { at: new Date(0), deep: [{ at: new Date(1.7e12) }], text: '1970-01-01T00:00:00.000Z' },
    ],
    [
      'names that mean something elsewhere',
      JSON.parse('{"__proto__":{"at":1},"$date":1,"toJSON":"x","dates":[["name"]]}'),
    ],
    ['a date alone', new Date(1.5e12)],
    ['nothing', null],
    ['any text', ['\u2028\ud83d\ude00\u0000"\\', 'a'.repeat(100_000)]],
  ])('carries %s as they are', async (_what, data: unknown) => {
    const [a, b] = await Promise.all([open(), open()]);
    const received = new Promise<unknown>((resolve) => b.bus.on(Anything, resolve));
    a.bus.publish(Anything(data));
    const got = await received;
    expect(got).toStrictEqual(data);
    expect(Object.keys(Object(got) as object)).toEqual(Object.keys(Object(data) as object));
  });

  it('keeps on this node what can not travel, and goes on', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    a.bus.publish(Anything(1n), Opened({ chatId: 1 }));
    expect(await b.untilHeard('opened 1')).toEqual(['opened 1']);
    expect(log).toHaveBeenCalledTimes(1);
  });

  it('logs and drops what it does not understand, and what was overtaken', async () => {
    const b = await open();
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const client = new Redis(url());
    const send = (message: unknown) =>
      client.publish('chat:0:bus', typeof message === 'string' ? message : JSON.stringify(message));
    const opened = (chatId: number) => [{ name: 'test.opened', data: { chatId } }];
    const good = { v: 1, node: 'other', number: 5, events: opened(1), added: 'by a later version' };
    const bad = ['no JSON', 'null', { ...good, v: 2 }, { ...good, node: 7 }, { ...good, events: [{}] }];
    const dates = [[], ['x'], ['data', '__proto__', 'x'], ['data', 'chatId']].map((path) => {
      return { ...good, events: [{ name: 'test.opened', data: { chatId: 2 }, dates: [path] }] };
    });
    for (const message of [...bad, ...dates]) await send(message);
    await send({ ...good, events: [{ name: 'of.a.later.version', data: 1 }, ...opened(1)] });
    await send({ ...good, number: 4, events: opened(4) });
    await send({ ...good, number: 6, events: opened(6) });
    expect(await b.untilHeard('opened 6')).toEqual(['opened 1', 'opened 6']);
    expect(log).toHaveBeenCalledTimes(bad.length + dates.length);
    client.disconnect();
  });

  it('hears a topic from the moment that follow resolves, as long as one follower is left', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    for (let n = 1; n <= 100; n++) {
      await b.bus.follow(['chat:1']);
      a.say(1, n);
      await b.untilHeard(`said ${n}`);
      b.bus.unfollow(['chat:1']);
    }
    expect(b.heard).toHaveLength(100);
    await b.bus.follow(['chat:1', 'chat:1']);
    b.bus.unfollow(['chat:1']);
    await b.bus.follow([]);
    a.say(1, 101);
    expect(await b.untilHeard('said 101')).toHaveLength(101);
    b.bus.unfollow(['chat:1']);
    await b.bus.follow(['chat:2']);
    a.say(1, 102);
    a.say(2, 103);
    expect(await b.untilHeard('said 103')).not.toContain('said 102');
  });

  it('settles a topic that is given up and taken again while Redis has not answered yet', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    for (let n = 1; n <= 50; n++) {
      await b.bus.follow(['chat:1']);
      b.bus.unfollow(['chat:1']);
      // The UNSUBSCRIBE is on its way now.
      await Promise.resolve();
      const followed = [b.bus.follow(['chat:1']), b.bus.follow(['chat:1'])];
      b.bus.unfollow(['chat:1']);
      await Promise.all(followed);
      a.say(1, n);
      expect(await b.untilHeard(`said ${n}`)).toHaveLength(n);
      b.bus.unfollow(['chat:1']);
    }
  });

  it('takes up many topics in few commands', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    const client = new Redis(url());
    const calls = async () => /cmdstat_subscribe:calls=(\d+)/.exec(await client.info('commandstats'))?.[1];
    const before = Number(await calls());
    const topics = Array.from({ length: 5000 }, (_, n) => `chat:${n}`);
    await Promise.all(topics.map((topic) => b.bus.follow([topic])));
    expect(Number(await calls()) - before).toBe(5);
    a.say(4999, 1);
    await b.untilHeard('said 1');
    client.disconnect();
  });

  it('sends what was published last before it leaves', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    await b.bus.follow(['chat:1']);
    a.say(1, ...Array.from({ length: 1000 }, (_, n) => n));
    await a.close();
    a.say(1, 1000);
    expect(await b.untilHeard('said 999')).toHaveLength(1000);
  });

  it('misses a node that falls silent, and none that takes leave', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    const client = new Redis(url());
    const other = new Redis(url());
    const signs: string[] = [];
    other.on('message', (_channel, text) => signs.push(text));
    await other.subscribe('chat:0:bus');
    await client.publish('chat:0:bus', '{"v":1,"node":"x","number":1,"events":[]}');
    expect(await b.untilWhole(false)).toBe(false);
    expect(b.heard).toEqual(['gap']);
    await client.publish('chat:0:bus', '{"v":1,"node":"x","number":2,"farewell":true,"events":[]}');
    expect(await b.untilWhole(true)).toBe(true);
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    await a.close();
    await client.publish('chat:0:bus', 'the end');
    const withoutBeats = await eventually(
      async () => signs.filter((sign) => /farewell|end/.test(sign)),
      (found) => found.includes('the end'),
    );
    expect(withoutBeats).toEqual([
      '{"v":1,"node":"x","number":2,"farewell":true,"events":[]}',
      expect.stringContaining('"farewell":true'),
      'the end',
    ]);
    expect(log).toHaveBeenCalledTimes(1);
    client.disconnect();
    other.disconnect();
  });

  it('says at the start what is wrong, without the password', async () => {
    const start = (given: string) => RedisEventBus.open(given, new Metrics(), new StoreProbes());
    const failure = await start('redis://me:secret@127.0.0.1:1/3').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreUnreachable);
    expect(failure).toMatchObject({
      message: 'REDIS_URL names redis://127.0.0.1:1/3, which can not be used: connect ECONNREFUSED 127.0.0.1:1',
    });
    const wrong = new URL(url());
    wrong.password = 'secret';
    wrong.username = 'me';
    await expect(start(wrong.href)).rejects.toThrow(
      /^REDIS_URL names redis:\/\/[^@]*, which can not be used: WRONGPASS/,
    );
    wrong.href = `${url()}/99`;
    await expect(start(wrong.href)).rejects.toThrow(/DB index is out of range/);
  });
}
