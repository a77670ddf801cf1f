import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Database } from '@app/database';
import { MediaAttachments } from '@app/media';
import { CommitOutcomeUnknown } from '@app/platform';
import { MediaRemovals } from '../../libs/media/src/media-removals';
import { MediaSweeper } from '../../libs/media/src/media-sweeper';
import { Files } from './files';

const DAY_MS = 24 * 60 * 60_000;

describe('files and rows', () => {
  let files: Files;
  beforeEach(async () => {
    files = await Files.open();
  });
  afterEach(() => files.close());

  const sweep = () => files.get(MediaSweeper).work();
  const incoming = () => `${files.folder}/incoming`;
  const staged = () => (existsSync(incoming()) ? readdirSync(incoming()) : []);
  const pathOf = (id: number) => `${files.folder}/files/${String(id % 1000).padStart(3, '0')}/${id}`;
  const isStored = (id: number) => existsSync(pathOf(id));

  it('agree when the server died between the commit and the renaming', async () => {
    const { id } = await files.upload();
    renameSync(pathOf(id), `${files.folder}/incoming/${id}`);
    await sweep();
    expect([staged(), isStored(id)]).toEqual([[], true]);
  });

  it('agree when the server died before the commit', async () => {
    await files.upload();
    mkdirSync(`${files.folder}/incoming/77`);
    writeFileSync(`${files.folder}/incoming/77/original`, 'half of it');
    await sweep();
    expect(staged()).toEqual([]);
  });

  it('are let alone while they are coming in', async () => {
    const content = new Readable({ read: () => undefined });
    const uploading = files.upload(content);
    content.push(Buffer.from('one half'));
    while ((await new Promise((resolve) => setImmediate(resolve)), staged().length === 0));
    await sweep();
    expect(staged()).toHaveLength(1);
    content.push(null);
    expect(isStored((await uploading).id)).toBe(true);
  });

  it('leave nothing of an upload that breaks off, before its last byte or after', async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error('gone')) });
    await expect(files.upload(broken)).rejects.toThrow('gone');
    const complete = () => Promise.reject(new Error('not all of it'));
    await expect(files.upload('all bytes', { complete })).rejects.toThrow('not all of it');
    expect([staged(), await files.countRows()]).toEqual([[], [0, 0, 0, 0]]);
  });

  it('wait for the sweeper when nobody knows whether there is a row', async () => {
    const database = files.get(Database);
    const transaction = database.transaction.bind(database);
    const spy = jest.spyOn(database, 'transaction').mockImplementation(async (work) => {
      const isUpload = work.toString().includes('requireRoom');
      const result = await transaction(work);
      if (isUpload) throw new CommitOutcomeUnknown();
      return result;
    });
    await expect(files.upload()).rejects.toThrow(CommitOutcomeUnknown);
    spy.mockRestore();
    const [name = ''] = staged();
    await sweep();
    expect([staged(), isStored(Number(name))]).toEqual([[], true]);
  });

  it('go after a day, if no message has used the file', async () => {
    const [used, unused] = [await files.upload(), await files.upload()];
    await files.attach(1, [used]);
    files.aheadMs = DAY_MS - 60_000;
    await sweep();
    expect(await files.countRows()).toEqual([2, 1, 0, 0]);
    files.aheadMs = DAY_MS + 60_000;
    await sweep();
    await files.get(MediaRemovals).work();
    expect(await files.countRows()).toEqual([1, 1, 0, 0]);
    expect([isStored(used.id), isStored(unused.id)]).toEqual([true, false]);
  });

  it('go with the last message that used the file, also if the server died right after', async () => {
    const media = await files.upload();
    await files.attach(1, [media]);
    await files.attach(2, [media]);
    const removals = files.get(MediaRemovals);
    const work = jest.spyOn(removals, 'work').mockResolvedValue();
    const detach = (messageId: number) =>
      files.get(Database).transaction((tx) => files.get(MediaAttachments).detach(tx, [messageId]));
    await detach(1);
    expect([await files.countRows(), isStored(media.id)]).toEqual([[1, 1, 0, 0], true]);
    await detach(2);
    expect([await files.countRows(), isStored(media.id)]).toEqual([[0, 0, 1, 0], true]);
    work.mockRestore();
    await removals.work();
    expect([await files.countRows(), isStored(media.id)]).toEqual([[0, 0, 0, 0], false]);
  });
});
