import { randomBytes } from 'node:crypto';
import { residentBytes } from '../../support/process';
import { newPerson, Person } from '../../support/people';
import { startServer, Server } from '../../support/server';
import { SlowDownload } from '../../support/slow-download';
import { SlowUpload } from '../../support/slow-upload';
import { upload } from '../../support/uploads';

const MIB = 1024 * 1024;
const UPLOADS = 20;
const READERS = 50;
/** Of each file. */
const SIZE_MIB = Number(process.env.MEDIA_MIB ?? 32);
const ROOM_MIB = 128;

const hasProc = residentBytes(process.pid) !== undefined;
// Elsewhere than on Linux nobody tells; in CI it has to be told.
const onLinux = hasProc || process.env.CI === 'true' ? test : test.skip;

describe('the memory of the server', () => {
  let server: Server;
  let ada: Person;
  beforeAll(async () => {
    const [size, quota] = [SIZE_MIB * MIB, 30 * SIZE_MIB * MIB];
    server = await startServer({ MEDIA_MAX_BYTES: String(size), MEDIA_QUOTA_BYTES: String(quota) });
    ada = await newPerson(server);
    await upload(ada);
  });
  afterAll(() => server.stop());

  const used = () => server.nodes.map(({ pid }) => (residentBytes(pid) ?? Infinity) / MIB);

  /**
   * Of the node that grows the most, as it is half of the time: what a busy machine has not yet collected comes and goes,
   * what is held stays.
   */
  const growth = async (during: (look: () => void) => Promise<void>): Promise<number> => {
    const before = used();
    const looks: number[] = [];
    await during(() => looks.push(Math.max(...used().map((now, node) => now - (before[node] ?? 0)))));
    return looks.sort((one, other) => one - other)[looks.length >> 1] ?? Infinity;
  };

  onLinux(
    `grows by less than ${ROOM_MIB} MiB while ${UPLOADS} files of ${SIZE_MIB} MiB come in at once`,
    async () => {
      const slice = randomBytes(MIB);
      const grown = await growth(async (look) => {
        const uploads = await Promise.all(Array.from({ length: UPLOADS }, () => SlowUpload.begin(ada, SIZE_MIB * MIB)));
        for (let sent = 0; sent < SIZE_MIB; sent++) {
          await Promise.all(uploads.map((one) => one.send(slice)));
          look();
        }
        expect(await Promise.all(uploads.map((one) => one.end()))).toEqual(uploads.map(() => 201));
      });
      if (process.env.SHOW) console.log('grown', grown);
      expect(grown).toBeLessThan(ROOM_MIB);
    },
    240_000,
  );

  onLinux(
    `grows by less than ${ROOM_MIB} MiB while ${READERS} read a file of ${SIZE_MIB} MiB slowly`,
    async () => {
      const { id } = await upload(ada, { name: 'large.bin', bytes: Buffer.alloc(SIZE_MIB * MIB, 'large') });
      const grown = await growth(async (look) => {
        const readers = await Promise.all(Array.from({ length: READERS }, () => SlowDownload.begin(ada, id)));
        const came = readers.map(() => 0);
        for (let slices = 0; slices <= SIZE_MIB; slices++) {
          await Promise.all(readers.map(async (reader, n) => (came[n] = (came[n] ?? 0) + (await reader.read(MIB)))));
          look();
        }
        for (const reader of readers) reader.end();
        for (const bytes of came) expect(bytes).toBeGreaterThan(SIZE_MIB * MIB);
      });
      if (process.env.SHOW) console.log('grown', grown);
      expect(grown).toBeLessThan(ROOM_MIB);
    },
    240_000,
  );
});
