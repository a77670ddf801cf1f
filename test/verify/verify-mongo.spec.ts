import { mongo } from 'mongoose';
import { describeWith } from '../support/servers';
import { damaged, makeSoundStore, sendOneMore, Stored, verdictOn } from './sound-store';

const HOUR_MS = 3_600_000;

interface Body {
  readonly _id: number;
  readonly message_id: number;
  readonly content: string;
  readonly created_at: Date;
}

describeWith(['mongo'], 'npm run verify with texts in MongoDB', (stores) => {
  let stored: Stored;
  let client: mongo.MongoClient;
  let bodies: mongo.Collection<Body>;
  beforeAll(async () => {
    stored = await makeSoundStore(stores.settings);
    client = await mongo.MongoClient.connect(stores.settings.MONGODB_URL ?? '');
    bodies = client.db(stores.settings.MONGODB_DATABASE).collection<Body>('message_bodies');
  });
  afterAll(() => client.close());

  const verdict = (dataDir = stored.dataDir) => verdictOn(dataDir, stores.settings);
  const abandon = (_id: number, hours: number) =>
    bodies.insertOne({ _id, message_id: 900, content: '', created_at: new Date(Date.now() - hours * HOUR_MS) });

  it('finds nothing in what the server wrote', async () => {
    const { damage, lines } = await verdict();
    expect(damage).toEqual([]);
    expect(lines).toEqual(expect.arrayContaining(['5 messages seen', '5 bodies seen']));
  });

  it('notes bodies that the sweeper will take, and names those that it should have taken', async () => {
    await abandon(990, 1);
    await abandon(991, 47);
    const young = await verdict();
    expect(young.damage).toEqual([]);
    expect(young.lines).toContain('note: nothing points to 2 bodies, or not yet; the oldest is 47 h old');
    await abandon(992, 49);
    const old = await verdict();
    expect(old.damage).toEqual([expect.stringMatching(/^body: body 992: nothing points to it and was written at /)]);
    // Of a message that was deleted just now, and the node has not come to it yet.
    expect((await verdict(damaged(stored, 'INSERT INTO body_removals (body_id) VALUES (992)'))).damage).toEqual([]);
    await bodies.deleteMany({ _id: { $gte: 990 } });
  });

  it('names ids that would be given again, as after a restore of the metadata alone', async () => {
    await abandon(5000, 1);
    expect((await verdict()).damage).toEqual(['id: id_blocks body: next is 1001, but body 5000 exists']);
    await bodies.deleteOne({ _id: 5000 });
  });

  it('names messages and revisions whose bodies are gone', async () => {
    const taken = await bodies.find({ _id: { $in: [1, 2] } }).toArray();
    await bodies.deleteMany({ _id: { $in: [1, 2] } });
    const { damage } = await verdict();
    const [first, edited] = stored.messages;
    expect(damage).toEqual([
      `pointer: message ${first} (chat ${stored.group}, seq 1): points to body 1, which does not exist`,
      `pointer: message ${edited}, revision 1: points to body 2, which does not exist`,
    ]);
    await bodies.insertMany(taken);
  });

  it('finds a restored store sound if the bodies are younger than the metadata, and damaged if they are older', async () => {
    const before = await bodies.find().toArray();
    const metadataFirst = damaged(stored);
    await sendOneMore(stored, stores.settings);
    expect((await verdict()).damage).toEqual([]);

    // The metadata of before with the bodies of now: ids have to be moved on, as docs/deploy.md says, and no more.
    expect((await verdict(metadataFirst)).damage).toEqual(['id: id_blocks body: next is 1001, but body 1001 exists']);
    const restored = { ...stored, dataDir: metadataFirst };
    const moved = damaged(restored, 'UPDATE id_blocks SET next = next + 1000000');
    await expect(sendOneMore(restored, stores.settings, 'another')).rejects.toThrow('body 1001 is taken in MongoDB');
    await sendOneMore({ ...stored, dataDir: moved }, stores.settings, 'another');
    expect((await verdict(moved)).damage).toEqual([]);

    // The metadata of now with the bodies of before: what was sent in between has lost its text.
    await bodies.deleteMany({ _id: { $nin: before.map(({ _id }) => _id) } });
    expect((await verdict()).damage).toEqual([
      expect.stringMatching(/^pointer: message \d+ \(chat \d+, seq 8\): points to body 1001, which does not exist$/),
    ]);
  });

  it('can not run where MongoDB is not', async () => {
    const nowhere = { ...stores.settings, MONGODB_URL: 'mongodb://127.0.0.1:1', STORE_TIMEOUT_MS: '500' };
    await expect(verdictOn(stored.dataDir, nowhere)).rejects.toThrow(/MONGODB_URL/);
  });
});
