import { Readable } from 'node:stream';
import { Database } from '@app/database';
import { MEDIA_ENTITIES, MediaQuotaExceeded, MediaTooLarge } from '@app/media';
import { Files } from './files';

describe('the quota', () => {
  let files: Files;
  beforeEach(async () => {
    files = await Files.open({ MEDIA_MAX_BYTES: '4000', MEDIA_QUOTA_BYTES: '10000' });
  });
  afterEach(() => files.close());

  it('holds while many uploads of one user end at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => files.upload('x'.repeat(3000))));
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
    expect(failures.length).toBeGreaterThanOrEqual(7);
    for (const failure of failures) expect(failure).toBeInstanceOf(MediaQuotaExceeded);
  });

  it('lets as many through as fit when too many come at once', async () => {
    const inThree = () => Readable.from(['x', 'y', 'z'].map((letter) => Buffer.from(letter.repeat(1000))));
    const one = () => files.upload(inThree(), { expectedBytes: 3000 });
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, one));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });

  it('holds when another node has taken the room meanwhile', async () => {
    const content = new Readable({ read: () => undefined });
    const uploading = files.upload(content);
    content.push(Buffer.from('x'.repeat(3000)));
    const { id } = await files.upload();
    await files.get(Database).transaction((tx) => tx.update(MEDIA_ENTITIES[0], { id }, { size: 9000 }));
    content.push(null);
    await expect(uploading).rejects.toThrow(MediaQuotaExceeded);
  });

  it('is left for others by who was refused', async () => {
    await expect(files.upload('x'.repeat(4001))).rejects.toThrow(MediaTooLarge);
    for (let count = 0; count < 3; count++) await files.upload('x'.repeat(3000));
    await expect(files.upload('x'.repeat(3000))).rejects.toThrow(MediaQuotaExceeded);
    await files.upload('x'.repeat(1000));
  });
});
