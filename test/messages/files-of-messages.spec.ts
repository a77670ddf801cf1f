import { Readable } from 'node:stream';
import { ChatLog } from '@app/chats';
import { GetMedia, UploadMedia } from '@app/media';
import { signal } from '../support/wait';
import { Chatter } from './chatter';

describe('a file whose last message is deleted', () => {
  let chatter: Chatter;
  beforeAll(async () => (chatter = await Chatter.open()));
  afterAll(() => chatter.close());
  afterEach(() => jest.restoreAllMocks());

  it('stays, if another message brings it in the same commit', async () => {
    const content = Readable.from([Buffer.from('content')]);
    const { id } = await chatter.get(UploadMedia).execute(chatter.ada, { filename: 'a.txt', content });
    const { message } = await chatter.send('first', { mediaIds: [id] });
    const { message: other } = await chatter.send('other');

    const [gate, asked] = [signal(), signal()];
    const blocking = chatter.database.transaction(() => gate.promise);
    const before = chatter.edit(other.id, 'what all others wait for');
    const log = chatter.get(ChatLog);
    const commit = log.commit.bind(log);
    jest.spyOn(log, 'commit').mockImplementation((...given: Parameters<ChatLog['commit']>) => {
      asked.give();
      return commit(...given);
    });
    const deleting = chatter.delete(message.id);
    await asked.promise;
    const sending = chatter.send('second', { mediaIds: [id] });
    gate.give();
    await Promise.all([blocking, before, deleting]);

    expect((await sending).message.media).toMatchObject([{ id }]);
    expect((await chatter.list())[0]?.media).toMatchObject([{ id }]);
    expect(await chatter.get(GetMedia).execute(chatter.ada, [id])).toMatchObject([{ id }]);
  });
});
