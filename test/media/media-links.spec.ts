import { MediaLinkInvalid, MediaLinks } from '@app/media';
import { Sessions } from '@app/users';
import { Files } from './files';

const MINUTE_MS = 60_000;

describe('a signed link', () => {
  let files: Files;
  beforeAll(async () => {
    files = await Files.open();
    jest.spyOn(files.get(Sessions), 'requireLive').mockResolvedValue();
  });
  afterAll(() => files.close());

  it('speaks for its user for an hour, and a little, and then no more', async () => {
    const links = files.get(MediaLinks);
    const actor = { userId: 1, sessionId: 'a' };
    const signature = links.sign(17, actor);
    files.aheadMs = 59 * MINUTE_MS;
    expect(await links.requireActor(17, signature)).toEqual(actor);
    files.aheadMs = 66 * MINUTE_MS;
    await expect(links.requireActor(17, signature)).rejects.toThrow(MediaLinkInvalid);
  });
});
