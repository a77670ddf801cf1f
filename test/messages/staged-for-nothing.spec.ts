import { BodyCollection } from '../../libs/messages/src/persistence/mongo/body-collection';
import { describeWith } from '../support/servers';
import { eventually } from '../support/wait';
import { Chatter } from './chatter';

const EVER = new Date(8.64e15);
const EVERY = { at: new Date(0), bodyId: 0 };

describeWith(['mongo', 'mariadb'], 'writes that come to nothing', (stores) => {
  let chatter: Chatter;
  beforeAll(async () => (chatter = await Chatter.open(stores.settings)));
  afterAll(() => chatter.close());
  afterEach(() => jest.restoreAllMocks());

  const listMessageIds = async () => {
    const traces = await chatter.get(BodyCollection).listAfter(EVERY, EVER, 100);
    return traces.map((trace) => trace.message_id);
  };

  it('leave nothing behind: replays, refusals, and edits that are refused or change nothing', async () => {
    const { message } = await chatter.send('once', { clientId: 'k' });
    const stage = jest.spyOn(chatter.get(BodyCollection), 'insert');
    await chatter.send('once', { clientId: 'k' });
    await expect(chatter.send('other', { clientId: 'k' })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(chatter.send('x', { replyTo: 4711 })).rejects.toMatchObject({ kind: 'invalid' });
    await chatter.edit(message.id, 'once');
    const deleted = (await chatter.send('deleted')).message;
    await chatter.delete(deleted.id);
    await expect(chatter.edit(deleted.id, 'too late')).rejects.toMatchObject({ kind: 'conflict' });
    expect(stage.mock.calls.filter(([bodies]) => bodies.length > 0)).toHaveLength(6);
    const left = await eventually(listMessageIds, ({ length }) => length === 1);
    expect(left).toEqual([message.id]);
  });

  it('stage the texts of one commit in one call', async () => {
    const stage = jest.spyOn(chatter.get(BodyCollection), 'insert');
    await Promise.all(Array.from({ length: 50 }, (_, index) => chatter.send(`${index}`)));
    expect(stage.mock.calls.map(([bodies]) => bodies.length)).toEqual([50]);
  });
});
