import { Ids } from '@app/database';
import { MessageBodies, NewBody } from '../../libs/messages/src/message-bodies';
import { describeWith } from '../support/servers';
import { eventually } from '../support/wait';
import { Chatter } from './chatter';

/** What every adapter of the port promises. */
function keepsBodies(settings: () => Record<string, string>): void {
  let chatter: Chatter;
  let bodies: MessageBodies;
  beforeAll(async () => {
    // Without a cache: what is read here is what is stored.
    chatter = await Chatter.open({ ...settings(), BODY_CACHE_BYTES: '0' });
    bodies = chatter.get(MessageBodies);
  });
  afterAll(() => chatter.close());

  const newBodies = async (...contents: string[]): Promise<NewBody[]> => {
    const bodyIds = await chatter.get(Ids).claim('body', contents.length);
    return contents.map((content, index) => ({ id: bodyIds[index] ?? NaN, messageId: 1000 + index, content }));
  };
  const add = (...added: NewBody[]) => chatter.database.transaction((tx) => bodies.add(tx, added));
  const contentsOf = async (given: readonly NewBody[]) => {
    const found = await bodies.findBodies(given.map(({ id }) => id));
    return given.map(({ id }) => found.get(id)?.content);
  };

  it('keeps what was staged and added, to the last character', async () => {
    const contents = ['hello', '', ' ', '😀'.repeat(5000), '{"$gt":""}', '$where', 'a.b', '\u0001\u2028"\\'];
    const given = await newBodies(...contents);
    await bodies.stage(given);
    await add(...given);
    expect(await contentsOf(given)).toEqual(contents);
  });

  it('leaves out what is not there, and answers for nothing with nothing', async () => {
    const [given, never] = (await newBodies('here', 'never written')) as [NewBody, NewBody];
    await bodies.stage([given]);
    await add(given);
    expect([...(await bodies.findBodies([given.id, never.id, given.id]))]).toEqual([[given.id, { content: 'here' }]]);
    expect((await bodies.findBodies([])).size).toBe(0);
    await bodies.stage([]);
    await add();
    await chatter.database.transaction((tx) => bodies.remove(tx, []));
  });

  it('takes the same bodies twice while nothing is committed, alone or among others', async () => {
    const given = await newBodies('a', 'b', 'c');
    await bodies.stage(given.slice(0, 2));
    await bodies.stage(given.slice(0, 2));
    await bodies.stage(given);
    await chatter.database.transaction((tx) => bodies.add(tx, given));
    expect(await contentsOf(given)).toEqual(['a', 'b', 'c']);
  });

  it('adds in a transaction that is run again after it failed', async () => {
    const given = await newBodies('again');
    await bodies.stage(given);
    const failing = chatter.database.transaction(async (tx) => {
      await bodies.add(tx, given);
      bodies.discard(tx, [given[0]?.id ?? NaN]);
      throw new Error('deadlock');
    });
    await expect(failing).rejects.toThrow('deadlock');
    await add(...given);
    expect(await contentsOf(given)).toEqual(['again']);
  });

  it('removes once the transaction has committed, and not when it fails', async () => {
    const given = await newBodies('stays', 'goes', 'goes, too');
    const gone = given.slice(1).map(({ id }) => id);
    await bodies.stage(given);
    await add(...given);
    const failing = chatter.database.transaction(async (tx) => {
      await bodies.remove(tx, gone);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await contentsOf(given)).toEqual(['stays', 'goes', 'goes, too']);
    await chatter.database.transaction((tx) => bodies.remove(tx, gone));
    const isGone = (contents: unknown[]) => contents.filter((content) => content !== undefined).length === 1;
    expect(await eventually(() => contentsOf(given), isGone)).toEqual(['stays', undefined, undefined]);
  });

  it('forgets what was staged for nothing', async () => {
    const [used, unused] = (await newBodies('used', 'unused')) as [NewBody, NewBody];
    await bodies.stage([used, unused]);
    await chatter.database.transaction(async (tx) => {
      await bodies.add(tx, [used]);
      bodies.discard(tx, [unused.id]);
    });
    const isGone = ([, content]: unknown[]) => content === undefined;
    expect(await eventually(() => contentsOf([used, unused]), isGone)).toEqual(['used', undefined]);
  });
}

describe('bodies beside the metadata', () => keepsBodies(() => ({})));

describeWith(['mongo'], 'bodies in MongoDB', (stores) => keepsBodies(() => stores.settings));

describeWith(['mongo', 'mariadb'], 'bodies in MongoDB, noted in MariaDB', (stores) =>
  keepsBodies(() => stores.settings),
);
