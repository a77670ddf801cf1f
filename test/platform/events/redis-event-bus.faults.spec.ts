import { Logger } from '@nestjs/common';
import { describeIfThere, Link, RedisServer } from '../../support/servers';
import { Anything } from './event-bus.contract';
import { Node } from './nodes';

/** How soon a Redis that stands still is found, on a machine that has other things to do. */
const FOUND_MS = 4000;
/** How soon everything is well again when Redis is back. */
const BACK_MS = 5000;

/** Silence may be noticed twice, of Redis and of the other node: who has looked for what was missed looks again. */
const gathered = (heard: readonly string[]) =>
  heard.filter((what, index) => what !== 'gap' || heard[index - 1] !== 'gap');

describeIfThere(['redis'], 'RedisEventBus, when Redis is in trouble', () => {
  let server: RedisServer;
  let a: Node;
  let b: Node;
  const said = () => b.heard.filter((what) => what !== 'gap');
  const isWhole = (whole: boolean, patienceMs: number, ...nodes: Node[]) =>
    Promise.all(nodes.map((node) => node.untilWhole(whole, patienceMs)));
  const metric = async (node: Node, name: string) => (await node.metrics.registry.getSingleMetric(name)?.get())?.values;

  beforeEach(async () => {
    for (const level of ['log', 'warn'] as const)
      jest.spyOn(Logger.prototype, level).mockImplementation(() => undefined);
    server = await new RedisServer().start();
    [a, b] = await Promise.all([Node.open(server.url), Node.open(server.url)]);
    await b.bus.follow(['chat:1']);
    a.say(1, 1);
    await b.untilHeard('said 1');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all([a.close(), b.close()]);
    await server.stop();
  });

  it('goes on alone while Redis is gone, and together with the others when it is back', async () => {
    await server.kill();
    await isWhole(false, FOUND_MS, a, b);
    expect(await metric(b, 'chat_bus_up')).toMatchObject([{ value: 0 }]);
    await expect(b.probes.list()[0]?.ask()).rejects.toThrow();
    a.say(1, 2);
    expect(a.heard).toContain('said 2');
    await b.bus.follow(['chat:2']);
    b.bus.unfollow(['chat:3']);
    expect(gathered(b.heard)).toEqual(['said 1', 'gap']);

    await server.restart();
    await isWhole(true, BACK_MS, a, b);
    await b.until((heard) => heard.filter((what) => what === 'gap').length > 1);
    a.say(1, 3);
    a.say(2, 4);
    expect((await b.untilHeard('said 4')).slice(-2)).toEqual(['said 3', 'said 4']);
    expect(said()).toEqual(['said 1', 'said 3', 'said 4']);
    expect(await metric(a, 'chat_bus_dropped_events_total')).toMatchObject([{ value: 1 }]);
    expect(await metric(b, 'chat_bus_up')).toMatchObject([{ value: 1 }]);
    await b.probes.list()[0]?.ask();
  });

  it('finds that Redis stands still, and never tells late or twice what it had not passed on', async () => {
    server.pause();
    for (let n = 2; n <= 2000; n++) a.say(1, n);
    const pausedAt = performance.now();
    await isWhole(false, FOUND_MS, a, b);
    expect(performance.now() - pausedAt).toBeLessThan(FOUND_MS);
    expect(gathered(b.heard)).toEqual(['said 1', 'gap']);

    server.resume();
    await isWhole(true, BACK_MS, a, b);
    await b.until((heard) => heard.lastIndexOf('gap') > 1);
    a.say(1, 2001);
    await b.untilHeard('said 2001');
    const numbers = said().map((what) => Number(what.split(' ')[1]));
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
  });

  it('survives that Redis is restarted again and again while nodes talk', async () => {
    for (let n = 2; n <= 4; n++) {
      await server.restart();
      await isWhole(true, BACK_MS, a, b);
      await a.until((heard) => heard.filter((what) => what === 'gap').length >= (n - 1) * 2);
      await isWhole(true, BACK_MS, a, b);
      a.say(1, n);
      await b.untilHeard(`said ${n}`);
    }
    expect(said()).toEqual(['said 1', 'said 2', 'said 3', 'said 4']);
  });

  it('tells the others that they missed something when only one node was cut off', async () => {
    const link = await Link.to(server.url);
    const far = await Node.open(link.through(server.url));
    await far.bus.follow(['chat:1']);
    link.cut();
    await far.untilWhole(false);
    far.say(1, 2);
    a.say(1, 3);
    await b.untilHeard('said 3');
    // What the other node does meanwhile is not heard here, and that is known.
    await isWhole(false, FOUND_MS, a, b);
    expect(gathered(b.heard)).toEqual(['said 1', 'said 3', 'gap']);

    link.restore();
    await isWhole(true, BACK_MS, far, a, b);
    await b.until((heard) => heard.lastIndexOf('gap') > 2);
    far.say(1, 4);
    a.say(1, 5);
    await b.until((heard) => heard.includes('said 4') && heard.includes('said 5'));
    expect(said()).toHaveLength(4);
    expect(await far.untilHeard('said 5')).toEqual(['gap', 'said 2', 'gap', 'said 4', 'said 5']);
    await far.close();
    await link.close();
  });

  it('tells what only the sender knows to be lost', async () => {
    const link = await Link.to(server.url);
    const far = await Node.open(link.through(server.url));
    await b.bus.follow(['chat:1']);
    link.cut();
    far.say(1, 2);
    link.restore();
    // Too short for its silence to be noticed: this is what it tells itself.
    expect(await b.untilHeard('gap')).toEqual(['said 1', 'gap']);
    await far.close();
    await link.close();
  });

  it('keeps at most 16 MiB that Redis has not confirmed, and tells the others what that cost', async () => {
    let received = 0;
    b.bus.on(Anything, () => received++);
    const mebibyte = 'x'.repeat(1024 * 1024);
    server.pause();
    for (let n = 0; n < 40; n++) {
      a.bus.publish(Anything(mebibyte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    server.resume();
    await b.untilHeard('gap');
    a.say(1, 2);
    await b.untilHeard('said 2');
    expect(received).toBeGreaterThan(10);
    expect(received).toBeLessThan(17);
    expect(await metric(a, 'chat_bus_dropped_events_total')).toMatchObject([{ value: 40 - received }]);
    expect([a.bus.isWhole, b.bus.isWhole]).toEqual([true, true]);
  });
});
