import { LocalEventBus } from '@app/platform';
import { MessageBodies } from '../../libs/messages/src/message-bodies';
import { BodiesRemoved, BodyCache } from '../../libs/messages/src/persistence/mongo/body-cache';
import { BodyCollection } from '../../libs/messages/src/persistence/mongo/body-collection';
import { describeWith } from '../support/servers';
import { eventually } from '../support/wait';
import { Chatter } from './chatter';

describe('the cache of bodies', () => {
  const bus = new LocalEventBus();
  const gapHandlers: (() => void)[] = [];
  beforeAll(() => {
    const onGap = (handler: () => void) => void gapHandlers.push(handler);
    jest.spyOn(bus, 'onGap').mockImplementation(onGap as () => void);
  });
  const cacheOf = (maxBytes: number) => new BodyCache(maxBytes, bus);
  const text = (characters: number) => ({ content: 'x'.repeat(characters) });
  const keptOf = (cache: BodyCache, bodyIds: number[]) => bodyIds.filter((bodyId) => cache.find(bodyId));

  it('keeps what was used last, within its bytes', () => {
    const cache = cacheOf(10_000);
    for (const bodyId of [1, 2, 3, 4]) cache.put(bodyId, text(1000));
    cache.find(1);
    cache.put(5, text(1000));
    expect(keptOf(cache, [1, 2, 3, 4, 5])).toEqual([1, 3, 4, 5]);
    cache.put(6, text(5000));
    expect(keptOf(cache, [6])).toEqual([]);
  });

  it('keeps nothing with 0 bytes', () => {
    const cache = cacheOf(0);
    cache.put(1, text(1));
    expect(cache.find(1)).toBeUndefined();
  });

  it('drops what any node removed, and takes it from no read that was under way', () => {
    const cache = cacheOf(10_000);
    cache.put(1, text(1));
    cache.put(2, text(1));
    bus.publish(BodiesRemoved({ bodyIds: [1, 3] }));
    cache.put(1, text(1));
    cache.put(3, text(1));
    expect(keptOf(cache, [1, 2, 3])).toEqual([2]);
  });

  it('forgets everything when it may have missed a removal', () => {
    const cache = cacheOf(10_000);
    cache.put(1, text(1));
    for (const handler of gapHandlers) handler();
    expect(cache.find(1)).toBeUndefined();
  });
});

describeWith(['mongo'], 'bodies in MongoDB behind the cache', (stores) => {
  let chatter: Chatter;
  beforeAll(async () => (chatter = await Chatter.open(stores.settings)));
  afterAll(() => chatter.close());
  afterEach(() => jest.restoreAllMocks());

  const asked = () => jest.spyOn(chatter.get(BodyCollection), 'find');

  it('asks MongoDB for nothing that was just sent, and for other texts once', async () => {
    await chatter.send('a');
    await chatter.send('b');
    const find = asked();
    expect((await chatter.list()).map(({ content }) => content)).toEqual(['b', 'a']);
    expect(find.mock.calls.flat(2)).toEqual([]);
    const bodies = chatter.get(MessageBodies);
    const unknown = { id: 900_001, messageId: 1, content: 'staged' };
    await bodies.stage([unknown]);
    expect((await bodies.findBodies([unknown.id])).get(unknown.id)).toEqual({ content: 'staged' });
    await bodies.findBodies([unknown.id]);
    expect(find.mock.calls.flat(2)).toEqual([unknown.id]);
  });

  it('serves nothing of a deleted message, not even its earlier texts', async () => {
    const put = jest.spyOn(BodyCache.prototype, 'put');
    const { message } = await chatter.send('secret');
    await chatter.edit(message.id, 'secret, too');
    const bodyIds = put.mock.calls.map(([bodyId]) => bodyId);
    expect(bodyIds).toHaveLength(2);
    await chatter.delete(message.id);
    const find = asked();
    const bodies = chatter.get(MessageBodies);
    await bodies.findBodies(bodyIds);
    expect(find.mock.calls.flat(2).sort()).toEqual(bodyIds.sort());
    const left = await eventually(
      () => bodies.findBodies(bodyIds),
      ({ size }) => size === 0,
    );
    expect(left.size).toBe(0);
    expect((await chatter.list())[0]).toMatchObject({ isDeleted: true, content: '', isTextLost: false });
  });
});
