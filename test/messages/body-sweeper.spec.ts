import { Clock } from '@app/platform';
import { MessageBodies, NewBody } from '../../libs/messages/src/message-bodies';
import { MessageEntity } from '../../libs/messages/src/persistence/message.entity';
import { BodyCollection } from '../../libs/messages/src/persistence/mongo/body-collection';
import { BodyReferences } from '../../libs/messages/src/persistence/mongo/body-references';
import { BodySweeper } from '../../libs/messages/src/persistence/mongo/body-sweeper';
import { SweepLease } from '../../libs/messages/src/persistence/mongo/sweep-lease';
import { describeWith } from '../support/servers';
import type { Stores } from '../support/servers/describe-with';
import { Chatter } from './chatter';

const HOUR_MS = 3_600_000;

describeWith(['mongo'], 'the sweeper beside the embedded store', sweeps);
describeWith(['mongo', 'mariadb'], 'the sweeper beside MariaDB', sweeps);

function sweeps(stores: Stores): void {
  let chatter: Chatter;
  let sweeper: BodySweeper;
  beforeAll(async () => {
    chatter = await Chatter.open({ ...stores.settings, BODY_CACHE_BYTES: '0' });
    sweeper = chatter.get(BodySweeper);
  });
  afterAll(() => chatter.close());
  afterEach(() => jest.restoreAllMocks());

  let lastId = 800_000;
  /** A body that a crash left, right before the transaction that would have pointed to it. */
  const abandon = async (content: string): Promise<NewBody> => {
    const body = { id: ++lastId, messageId: lastId, content };
    await chatter.get(MessageBodies).stage([body]);
    return body;
  };
  const isThere = async ({ id }: NewBody) => (await chatter.get(MessageBodies).findBodies([id])).has(id);
  const contents = async () => (await chatter.list()).map(({ content }) => content);

  it('removes what nothing points to after a day, and not before; texts and earlier texts stay', async () => {
    const { message } = await chatter.send('first');
    await chatter.edit(message.id, 'second');
    await chatter.send('third');
    const abandoned = await abandon('never sent');
    chatter.letPass(23 * HOUR_MS);
    expect(await sweeper.sweep()).toBe(0);
    expect(await isThere(abandoned)).toBe(true);
    chatter.letPass(25 * HOUR_MS);
    expect(await sweeper.sweep()).toBe(1);
    expect(await isThere(abandoned)).toBe(false);
    expect(await contents()).toEqual(['third', 'second']);
    const revisions = await chatter.listRevisions(message.id);
    expect(revisions.map(({ content }) => content)).toEqual(['first']);
  });

  it('looks at each body once', async () => {
    const seen = jest.spyOn(chatter.get(BodyCollection), 'listAfter');
    const countSeen = async () =>
      (await Promise.all(seen.mock.results.map(({ value }) => value as Promise<unknown[]>))).flat().length;
    chatter.letPass(26 * HOUR_MS);
    const late = await abandon('late');
    await sweeper.sweep();
    expect(await countSeen()).toBe(0);
    chatter.letPass(60 * HOUR_MS);
    expect(await sweeper.sweep()).toBe(1);
    expect(await countSeen()).toBe(1);
    expect(await isThere(late)).toBe(false);
  });

  it('asks once more right before it removes: a send may have come through at last', async () => {
    chatter.letPass(70 * HOUR_MS);
    const { message } = await chatter.send('an example');
    const slow = await abandon('slow');
    const row = await chatter.database.reads.findOneByOrFail(MessageEntity, { id: message.id });
    const real = BodyReferences.prototype.findUnreferenced.bind(new BodyReferences(chatter.database));
    const ask = jest.spyOn(BodyReferences.prototype, 'findUnreferenced');
    const answers: unknown[] = [];
    ask.mockImplementationOnce(async (page) => {
      const unreferenced = await real(page);
      answers.push(...unreferenced);
      await chatter.database.transaction((tx) =>
        tx.insert(MessageEntity, { ...row, id: slow.messageId, bodyId: slow.id, seq: 1e6, ordinal: 1e6 }),
      );
      return unreferenced;
    });
    chatter.letPass(100 * HOUR_MS);
    expect(await sweeper.sweep()).toBe(0);
    expect(answers).toMatchObject([{ _id: slow.id }]);
    expect(await isThere(slow)).toBe(true);
  });

  it('is one node at a time, and the turn of one that ended goes to the next', async () => {
    const one = new SweepLease(chatter.database, chatter.get(Clock));
    const other = new SweepLease(chatter.database, chatter.get(Clock));
    const position = await one.take();
    if (!position) throw new Error('nobody else is at it');
    expect(await other.take()).toBeNull();
    expect(await sweeper.sweep()).toBe(0);
    expect(await one.advance(position)).toBe(true);
    chatter.letPass(HOUR_MS);
    expect(await other.take()).toEqual(position);
    expect(await one.advance({ ...position, bodyId: 0 })).toBe(false);
    await one.release();
    expect(await one.take()).toBeNull();
    await other.release();
    expect(await one.take()).toEqual(position);
    await one.release();
  });
}
