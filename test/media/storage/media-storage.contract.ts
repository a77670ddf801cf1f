import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { MediaFileMissing } from '@app/media';
import type { MediaStorage } from '../../../libs/media/src/storage/media-storage';

/** More than one part of an upload in parts. */
const LARGE_BYTES = 12 * 1024 * 1024 + 1;

/**
 * What every storage promises; run against each adapter.
 * @param open gives one on the same store each time: a process that comes after, or another node
 */
export function testMediaStorage(open: () => Promise<MediaStorage>): void {
  let storage: MediaStorage;
  let mediaId = 0;
  beforeEach(async () => {
    storage = await open();
    mediaId++;
  });

  async function write(content: string | Buffer, thumbnail?: string): Promise<string> {
    const folder = await storage.prepare(mediaId);
    writeFileSync(`${folder}/original`, content);
    if (thumbnail !== undefined) writeFileSync(`${folder}/small`, thumbnail);
    return folder;
  }

  async function store(content: string | Buffer, thumbnail?: string): Promise<void> {
    const folder = await write(content, thumbnail);
    await storage.stage(mediaId);
    await storage.publish(mediaId);
    expect(existsSync(folder)).toBe(false);
  }

  async function list(from = storage): Promise<number[]> {
    const listed: number[] = [];
    for await (const id of from.list()) listed.push(id);
    return listed;
  }

  const listStaged = async (from = storage) => (await from.listStaged()).map((entry) => entry.mediaId);
  const isListed = async () => [(await list()).includes(mediaId), (await listStaged()).includes(mediaId)];
  const read = async (stream: Promise<Readable>) => (await buffer(await stream)).toString();

  it('gives what was published, whole and in parts, to every node', async () => {
    await store('0123456789', 'small one');
    for (const node of [storage, await open()]) {
      expect(await read(node.open(mediaId, 'original'))).toBe('0123456789');
      expect(await read(node.open(mediaId, 'original', { start: 2, end: 4 }))).toBe('234');
      expect(await read(node.open(mediaId, 'original', { start: 9, end: 9 }))).toBe('9');
      expect(await read(node.open(mediaId, 'small'))).toBe('small one');
      expect([await node.findSize(mediaId, 'original'), await node.findSize(mediaId, 'small')]).toEqual([10, 9]);
    }
    expect(await isListed()).toEqual([true, false]);
  });

  it('gives an empty file', async () => {
    await store('');
    expect([await storage.findSize(mediaId, 'original'), await read(storage.open(mediaId, 'original'))]).toEqual([
      0,
      '',
    ]);
  });

  it('gives a large file as it was', async () => {
    const bytes = randomBytes(LARGE_BYTES);
    await store(bytes);
    expect((await buffer(await storage.open(mediaId, 'original'))).equals(bytes)).toBe(true);
  });

  it('says what is not there', async () => {
    expect([await storage.findSize(mediaId, 'original'), await isListed()]).toEqual([undefined, [false, false]]);
    await expect(storage.open(mediaId, 'original')).rejects.toThrow(MediaFileMissing);
    await store('a');
    expect(await storage.findSize(mediaId, 'medium')).toBeUndefined();
    await expect(storage.open(mediaId, 'medium')).rejects.toThrow(MediaFileMissing);
  });

  it('lists what is staged as staged, and not as published', async () => {
    const before = Date.now();
    await write('content');
    expect(await isListed()).toEqual([false, true]);
    await storage.stage(mediaId);
    expect(await isListed()).toEqual([false, true]);
    const { changedAt } = (await storage.listStaged()).find((entry) => entry.mediaId === mediaId) ?? {};
    // Whole seconds are all that some storages know.
    expect(Math.abs((changedAt?.getTime() ?? 0) - before)).toBeLessThan(60_000);
    await storage.discard(mediaId);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['prepared', () => storage.prepare(mediaId)],
    ['half written', () => write('half')],
    ['staged', () => write('whole', 'small').then(() => storage.stage(mediaId))],
  ])('leaves nothing of what was %s and is thrown away, as often as one likes', async (_step, doStep) => {
    await doStep();
    await storage.discard(mediaId);
    expect([await isListed(), await storage.findSize(mediaId, 'original')]).toEqual([[false, false], undefined]);
    await storage.discard(mediaId);
    await storage.prepare(mediaId);
    await storage.discard(mediaId);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['prepared', () => storage.prepare(mediaId)],
    ['half written', () => write('half')],
  ])('tells who comes after a crash what was %s, who throws it away', async (_step, doStep) => {
    await doStep();
    const heir = await open();
    expect(await listStaged(heir)).toContain(mediaId);
    await heir.discard(mediaId);
    expect([await list(heir), await listStaged(heir)].flat()).not.toContain(mediaId);
  });

  it('tells who comes after a crash what was staged, who publishes it or throws it away', async () => {
    const published = mediaId;
    await write('published');
    await storage.stage(mediaId++);
    await write('discarded');
    await storage.stage(mediaId);
    const heir = await open();
    expect(await listStaged(heir)).toEqual(expect.arrayContaining([published, mediaId]));
    await heir.publish(published);
    await heir.publish(published);
    await heir.discard(mediaId);
    expect(await read(heir.open(published, 'original'))).toBe('published');
    expect(await heir.findSize(mediaId, 'original')).toBeUndefined();
    expect(await list(heir)).toContain(published);
    expect(await listStaged(heir)).toEqual([]);
  });

  it('leaves nothing of what is removed, as often as one likes', async () => {
    await store('content', 'small');
    await storage.remove(mediaId);
    await storage.remove(mediaId);
    expect([await isListed(), await storage.findSize(mediaId, 'small')]).toEqual([[false, false], undefined]);
  });
}
