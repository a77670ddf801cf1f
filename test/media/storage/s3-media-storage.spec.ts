import { writeFileSync } from 'node:fs';
import type { S3 } from '@aws-sdk/client-s3';
import { MediaFileMissing, openMediaStorage } from '@app/media';
import { Config, loadConfig, StoreUnavailable, StoreUnreachable } from '@app/platform';
import { IncomingFolder } from '../../../libs/media/src/storage/incoming-folder';
import type { MediaStorage } from '../../../libs/media/src/storage/media-storage';
import { openBucket } from '../../../libs/media/src/storage/s3/open-bucket';
import { S3MediaStorage } from '../../../libs/media/src/storage/s3/s3-media-storage';
import { describeIfThere, describeWith, Link, makeBucket, openS3, S3Server } from '../../support/servers';
import { makeTempFolder } from '../../support/temp-folder';
import { testMediaStorage } from './media-storage.contract';

const START_TIMEOUT_MS = 600_000;
/** More than the system holds of a connection that nobody reads. */
const LARGE_BYTES = 32 * 1024 * 1024;

function open(settings: Record<string, string>, folder = makeTempFolder()): Promise<MediaStorage> {
  return openMediaStorage(configOf(settings, folder).values);
}

function configOf(settings: Record<string, string>, folder = makeTempFolder()): Config {
  return loadConfig({ NODE_ENV: 'test', DATA_DIR: folder, ...settings });
}

describeWith(['s3'], 'S3MediaStorage', (stores) => {
  const folder = makeTempFolder();
  testMediaStorage(() => open(stores.settings, folder));

  it('needs nothing of another node to publish what that one has staged, or to throw it away', async () => {
    const [one, other] = [await open(stores.settings), await open(stores.settings)];
    for (const mediaId of [1001, 1002]) {
      writeFileSync(`${await one.prepare(mediaId)}/original`, 'content');
      await one.stage(mediaId);
    }
    expect((await other.listStaged()).map(({ mediaId }) => mediaId)).toEqual([1001, 1002]);
    await other.publish(1001);
    await other.discard(1002);
    expect([await other.findSize(1001, 'original'), await other.findSize(1002, 'original')]).toEqual([7, undefined]);
    expect(await other.listStaged()).toEqual([]);
  });

  it('does not start without its bucket, or with a wrong secret, and says so', async () => {
    const start = (more: Record<string, string>) => open({ ...stores.settings, ...more });
    await expect(start({ S3_BUCKET: 'nobodys' })).rejects.toThrow(
      /^S3_BUCKET names nobodys at http.*, which can not be used: there is no such bucket$/,
    );
    await expect(start({ S3_SECRET_ACCESS_KEY: 'wrong' })).rejects.toThrow(/access is refused$/);
    await expect(start({ S3_ENDPOINT: 'http://127.0.0.1:1' })).rejects.toThrow(StoreUnreachable);
  });
});

describeIfThere(['s3'], 'an S3 server of our own', () => {
  const server = new S3Server();
  let client: S3;
  let link: Link;
  let storage: MediaStorage;
  let settings: Record<string, string>;
  let Bucket: string;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    await server.start();
    client = openS3(server.url);
    link = await Link.to(server.url);
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    client.destroy();
    await link.close();
    await server.stop();
  });
  beforeEach(async () => {
    ({ settings, drop } = await makeBucket(server.url));
    Bucket = settings.S3_BUCKET ?? '';
    storage = await open({ ...settings, S3_ENDPOINT: new URL(link.through(server.url)).origin });
  });
  afterEach(() => drop());

  const listKeys = async () => (await client.listObjectsV2({ Bucket })).Contents?.map(({ Key }) => Key) ?? [];
  const listParts = async () => (await client.listMultipartUploads({ Bucket })).Uploads ?? [];

  async function store(mediaId: number, content: string | Buffer): Promise<void> {
    writeFileSync(`${await storage.prepare(mediaId)}/original`, content);
    await storage.stage(mediaId);
    await storage.publish(mediaId);
  }

  it('keeps each file under its id, and nothing else', async () => {
    await store(17, 'content');
    expect(await listKeys()).toEqual(['files/17/original']);
    await storage.remove(17);
    expect(await listKeys()).toEqual([]);
  });

  it('is freed of an upload that died between two parts', async () => {
    const large = { Bucket, Key: 'files/5/original' };
    await client.putObject({ Bucket, Key: 'staged/5', Body: 'staged' });
    const { UploadId } = await client.createMultipartUpload(large);
    await client.uploadPart({ ...large, UploadId, PartNumber: 1, Body: Buffer.alloc(5 * 1024 * 1024) });
    await client.putObject({ Bucket, Key: 'files/5/small', Body: 'small' });
    expect([await list(), (await storage.listStaged()).map(({ mediaId }) => mediaId)]).toEqual([[], [5]]);
    await storage.discard(5);
    expect([await listKeys(), await listParts()]).toEqual([[], []]);
  });

  it('leaves a marker of an upload that it may still get, until somebody comes later', async () => {
    writeFileSync(`${await storage.prepare(6)}/original`, 'content');
    link.cut();
    await expect(storage.stage(6)).rejects.toThrow(StoreUnavailable);
    link.restore();
    // What was sent before it gave up has arrived.
    await client.putObject({ Bucket, Key: 'staged/6', Body: 'staged' });
    await storage.discard(6);
    expect(await listKeys()).toEqual(['staged/6']);
    await client.putObject({ Bucket, Key: 'files/6/original', Body: 'late' });
    await storage.discard(6);
    expect(await listKeys()).toEqual([]);
  });

  it('is listed whole, however many pages that takes', async () => {
    const ids = Array.from({ length: 1003 }, (_, index) => index + 1);
    for (let start = 0; start < ids.length; start += 50) {
      const some = ids.slice(start, start + 50);
      await Promise.all(some.map((id) => client.putObject({ Bucket, Key: `files/${id}/original`, Body: 'x' })));
    }
    await client.putObject({ Bucket, Key: 'staged/1001', Body: 'staged' });
    expect((await list()).sort((a, b) => a - b)).toEqual(ids.filter((id) => id !== 1001));
  });

  it('is told from a missing file while it is away, and is found again', async () => {
    await store(7, 'content');
    link.cut();
    await expect(storage.open(7, 'original')).rejects.toThrow(MediaFileMissing);
    await expect(storage.findSize(7, 'original')).rejects.toThrow(StoreUnavailable);
    await expect(storage.listStaged()).rejects.toThrow(StoreUnavailable);
    link.restore();
    expect(await storage.findSize(7, 'original')).toBe(7);
  });

  it('hangs nobody when it says nothing', async () => {
    await store(8, Buffer.alloc(LARGE_BYTES));
    const { values } = configOf({ ...settings, S3_TIMEOUT_MS: '1000' });
    const bucket = await openBucket(Bucket, values, 1000);
    const impatient = new S3MediaStorage(bucket, new IncomingFolder(makeTempFolder()));
    const body = await impatient.open(8, 'original');
    server.pause();
    try {
      await expect(impatient.findSize(8, 'original')).rejects.toThrow(StoreUnavailable);
      await expect(body.toArray()).rejects.toThrow('no bytes for 1000 ms');
    } finally {
      server.resume();
    }
    expect(await storage.findSize(8, 'original')).toBe(LARGE_BYTES);
  });

  async function list(): Promise<number[]> {
    const ids: number[] = [];
    for await (const id of storage.list()) ids.push(id);
    return ids;
  }
});
