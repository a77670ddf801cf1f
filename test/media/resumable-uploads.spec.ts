import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Database } from '@app/database';
import {
  AppendToUpload,
  BeginUpload,
  FinishUpload,
  GetUpload,
  UploadInUse,
  UploadLocks,
  UploadNotFound,
} from '@app/media';
import { MediaSweeper } from '../../libs/media/src/media-sweeper';
import { MediaEntity } from '../../libs/media/src/persistence/media.entity';
import { ADA, Files } from './files';

const DAY_MS = 24 * 60 * 60_000;

describe('uploads that come in parts', () => {
  let files: Files;
  beforeEach(async () => {
    files = await Files.open();
  });
  afterEach(() => files.close());

  const partial = () => (existsSync(`${files.folder}/partial`) ? readdirSync(`${files.folder}/partial`) : []);
  const begin = (size: number) => files.get(BeginUpload).execute(ADA, { filename: 'a.txt', size, note: '' });
  const append = (id: string, offset: number, content: string) =>
    files.get(AppendToUpload).execute(ADA, id, offset, Readable.from([Buffer.from(content)]));
  const countMedia = () => files.get(Database).reads.count(MediaEntity);

  it('become one file, also where two nodes end them at once, and the server died before it was noted', async () => {
    const id = await begin(10);
    await append(id, 0, '0123456789');
    const finish = files.get(FinishUpload);
    const otherNode = onAnotherNode(finish, 'running');
    const results = await Promise.all([finish, otherNode, finish].map((node) => node.execute(ADA, id)));
    expect(new Set(results.map((media) => media?.id)).size).toBe(1);
    expect([await countMedia(), partial()]).toEqual([1, []]);
    expect(readdirSync(`${files.folder}/incoming`)).toEqual([]);
  });

  it('keep what came before the connection broke', async () => {
    const id = await begin(10);
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('0123');
        throw new Error('gone');
      })(),
    );
    await expect(files.get(AppendToUpload).execute(ADA, id, 0, broken)).rejects.toThrow('gone');
    expect(await append(id, 4, '456789')).toBe(10);
    expect(await files.get(FinishUpload).execute(ADA, id)).toMatchObject({ size: 10 });
  });

  it('are gone after a day, with all that came', async () => {
    const id = await begin(10);
    await append(id, 0, '0123');
    mkdirSync(`${files.folder}/partial`, { recursive: true });
    writeFileSync(`${files.folder}/partial/${'0'.repeat(32)}`, 'left over by a crash');
    await files.get(MediaSweeper).work();
    expect(partial()).toEqual([id]);
    files.aheadMs = DAY_MS + 60_000;
    await expect(files.get(GetUpload).execute(ADA, id)).rejects.toThrow(UploadNotFound);
    await files.get(MediaSweeper).work();
    expect([partial(), await files.countRows()]).toEqual([[], [0, 0, 0, 0]]);
  });

  it('are written to by one at a time, and the one before is asked to stop', async () => {
    const id = await begin(10);
    const locks = files.get(UploadLocks);
    const { signal } = new AbortController();
    let stopped = 0;
    const release = await locks.acquire(id, () => stopped++, signal);
    const second = locks.acquire(id, () => undefined, signal);
    expect(stopped).toBe(1);
    await release();
    await (
      await second
    )();
    const otherNode = onAnotherNode(locks, 'stops');
    const held = await locks.acquire(id, () => stopped++, signal);
    await expect(otherNode.acquire(id, () => undefined, AbortSignal.abort())).rejects.toThrow(UploadInUse);
    files.aheadMs = 60_000;
    const later = await otherNode.acquire(id, () => undefined, signal);
    await held();
    await expect(locks.acquire(id, () => undefined, AbortSignal.abort())).rejects.toThrow(UploadInUse);
    await later();
  });
});

/** The same, with a memory of its own. */
function onAnotherNode<Part extends object>(part: Part, memory: string): Part {
  return Object.assign(Object.create(Object.getPrototypeOf(part) as object) as Part, part, { [memory]: new Map() });
}
