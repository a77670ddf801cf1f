import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { runCommand } from '../../support/command';
import { FileLedger } from '../../support/file-ledger';
import { newGroup, newPerson, Person } from '../../support/people';
import { Server, startServer } from '../../support/server';
import { picture, TestFile, text } from '../../support/uploads';
import { randomBetween, signal } from '../../support/wait';

const isCluster = globalThis.testedStores === 'cluster';
const KILLS = Number(process.env.UPLOAD_KILLS ?? (isCluster ? 4 : 20));
const ACKS_BEFORE_KILL = [2, 10] as const;
const LATER_MS = [0, 40] as const;
/** Until then another node could still be receiving it. */
const STAGED_FOR_SECONDS = 2 * 3600;

/** Files and rows agree, whatever dies. */
describe('a server that is killed during uploads', () => {
  let server: Server;
  let ada: Person;
  let files: TestFile[];
  beforeAll(async () => {
    // On a folder that the nodes share: how long ago something came in can be changed there.
    server = await startServer({}, isCluster ? { stores: ['mariadb', 'mongo', 'redis'], nodes: 2 } : undefined);
    ada = await newPerson(server);
    files = await filesOfAllSizes();
  });
  afterAll(() => server.stop());

  const incoming = () => `${server.mediaDir}/incoming`;
  const leftovers = () => (existsSync(incoming()) ? readdirSync(incoming()) : []);

  /** One file after the other until the server is gone. */
  const keepUploading = async (ledger: FileLedger, file: TestFile, isDead: () => boolean): Promise<void> => {
    for (let n = 0; !isDead(); n++) {
      try {
        await ledger.put(file, { isSent: n % 2 === 0, isDeleted: n % 4 === 0 });
      } catch (error) {
        if (!isDead()) throw error;
      }
    }
  };

  const uploadUntilKilled = async (ledger: FileLedger, full: Promise<void>): Promise<void> => {
    let isDead = false;
    const uploaders = files.map((file) => keepUploading(ledger, file, () => isDead));
    await Promise.race([full, Promise.all(uploaders)]);
    await new Promise((resolve) => setTimeout(resolve, randomBetween(...LATER_MS)));
    isDead = true;
    await server.kill('SIGKILL');
    await Promise.all(uploaders);
  };

  /** As if it had happened long ago. */
  const age = (): void => {
    const then = Date.now() / 1000 - STAGED_FOR_SECONDS;
    for (const name of leftovers()) {
      for (const inside of readdirSync(`${incoming()}/${name}`)) {
        utimesSync(`${incoming()}/${name}/${inside}`, then, then);
      }
      utimesSync(`${incoming()}/${name}`, then, then);
    }
  };

  /** Again, if the process for pictures has outlived the server for a moment and was still writing. */
  const startAndSweep = async (): Promise<void> => {
    if (isCluster) age();
    await server.start();
    for (let again = 0; again < 2 && leftovers().length > 0; again++) {
      await server.kill('SIGKILL');
      if (isCluster) age();
      await server.start();
    }
  };

  test(`${KILLS} times: what was answered is there, bit for bit, and nothing else is left`, async () => {
    const chat = await newGroup(ada, []);
    let full = signal();
    let wanted = 0;
    const ledger: FileLedger = new FileLedger(ada, chat, () => ledger.acknowledged >= wanted && full.give());
    let left = 0;

    for (let kill = 0; kill < KILLS; kill++) {
      full = signal();
      wanted = ledger.acknowledged + randomBetween(...ACKS_BEFORE_KILL);
      await uploadUntilKilled(ledger, full.promise);
      left += leftovers().length;
      await startAndSweep();
      expect(leftovers()).toEqual([]);
    }

    expect(left).toBeGreaterThan(0);
    expect(ledger.interrupted).toBeGreaterThan(0);
    expect(ledger.acknowledged).toBeGreaterThanOrEqual(KILLS * ACKS_BEFORE_KILL[0]);
    // What is wrong with files does not mend itself: one look in the end sees all kills.
    expect(await runCommand('verify', server.settings)).toEqual({
      code: 0,
      output: expect.stringMatching(/^sound: /m) as unknown,
      errors: '',
    });
    expect(await ledger.compare()).toEqual([]);
    expect(server.logs.errors).toEqual([]);
  }, 400_000);
});

/** The photo tells where it was taken, so that it is written anew. */
async function filesOfAllSizes(): Promise<TestFile[]> {
  const { bytes } = await picture('x', 640, 480);
  const exif = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } };
  return [
    text('tiny.txt', 'x'),
    { name: 'small.bin', bytes: randomBytes(70_000) },
    { name: 'medium.bin', bytes: randomBytes(1_000_000) },
    { name: 'large.bin', bytes: randomBytes(8_000_000) },
    { name: 'photo.jpg', bytes: await sharp(bytes).withExif(exif).jpeg().toBuffer() },
    { name: 'upright.png', bytes: await sharp(bytes).png().toBuffer() },
  ];
}
