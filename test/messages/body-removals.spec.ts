import { Database } from '@app/database';
import { BodyRemovalEntity } from '../../libs/messages/src/persistence/body-removal.entity';
import { MessageEntity } from '../../libs/messages/src/persistence/message.entity';
import { BodyCollection } from '../../libs/messages/src/persistence/mongo/body-collection';
import { describeWith, Link } from '../support/servers';
import { makeTempFolder } from '../support/temp-folder';
import { eventually } from '../support/wait';
import { Chatter, configOf, openMessages } from './chatter';

describeWith(['mongo'], 'a deletion while MongoDB is away', (stores) => {
  let link: Link;
  let chatter: Chatter;
  const dataDir = makeTempFolder();
  const settings = () => ({
    ...stores.settings,
    MONGODB_URL: link.through(stores.settings.MONGODB_URL ?? ''),
    DATA_DIR: dataDir,
  });
  beforeAll(async () => {
    link = await Link.to(stores.settings.MONGODB_URL ?? '');
    chatter = await Chatter.open(settings());
  });
  afterAll(() => link.close());

  const countNoted = (database: Database) => database.reads.count(BodyRemovalEntity);

  it('is done at once, and the text goes when MongoDB is back, even if this server is not', async () => {
    const { message } = await chatter.send('goes');
    const { message: kept } = await chatter.send('stays');
    const { bodyId } = await chatter.database.reads.findOneByOrFail(MessageEntity, { id: message.id });
    link.cut();
    expect(await chatter.delete(message.id)).toMatchObject({ isDeleted: true, content: '' });
    expect(await countNoted(chatter.database)).toBe(1);
    await chatter.close();

    link.restore();
    const app = await openMessages(configOf(settings()));
    try {
      expect(
        await eventually(
          () => countNoted(app.get(Database)),
          (count) => count === 0,
          15_000,
        ),
      ).toBe(0);
      const { bodyId: keptBodyId } = await app.get(Database).reads.findOneByOrFail(MessageEntity, { id: kept.id });
      const left = await app.get(BodyCollection).find([bodyId ?? NaN, keptBodyId ?? NaN]);
      expect(left.map(({ content }) => content)).toEqual(['stays']);
    } finally {
      await app.close();
    }
  });
});
