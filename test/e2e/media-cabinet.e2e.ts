import { existsSync, readdirSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { expectProblem, expectStatus } from '../support/api';
import { newPerson, Person } from '../support/people';
import { childrenOf, peakBytes } from '../support/process';
import { startServer, Server } from '../support/server';
import { download, picture, TestFile, tryUpload, upload } from '../support/uploads';

const PATIENCE_MS = 15_000;
const MIB = 1024 * 1024;
/** A bare process has about 70 by itself, and is looked at a few times too late on a busy machine. */
const MAX_MIB = 512;
const SCRIPT = '<script>alert(document.domain)</script>';

/** Files that somebody sends who means harm, or whose camera tells too much. */
describe('the cabinet of bad files', () => {
  let server: Server;
  let ada: Person;
  beforeAll(async () => {
    server = await startServer();
    ada = await newPerson(server);
  });
  afterAll(() => server.stop());

  const svg = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`;
  it.each([
    ['an SVG with a script', 'a.svg', svg, 'image/svg+xml'],
    ['an SVG that claims to be a PNG', 'a.png', svg, 'image/png'],
    ['a page that claims to be a PNG', 'a.png', `<!doctype html>${SCRIPT}`, 'image/png'],
    ['a page', 'a.html', `<html>${SCRIPT}</html>`, 'text/html'],
    ['a script', 'a.js', 'alert(1)', 'text/javascript'],
    ['a PDF', 'a.pdf', '%PDF-1.7\n%%EOF', 'image/png'],
  ])('%s is saved and not shown', async (_what, name, content, type) => {
    const media = await upload(ada, { name, bytes: Buffer.from(content), type });
    await expectInert(media.url);
    const { headers } = await download(server, media.url);
    expect(headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(headers.get('content-type')).not.toMatch(/html|svg|javascript|image/);
  });

  it('a picture that is a page as well is nothing but a picture', async () => {
    const { bytes } = await picture('x.gif');
    const gif = await sharp(bytes).gif().toBuffer();
    const media = await upload(ada, {
      name: 'a.html',
      bytes: Buffer.concat([gif, Buffer.from(SCRIPT)]),
      type: 'text/html',
    });
    expect(media.content_type).toBe('image/gif');
    await expectInert(media.url);
  });

  it('a picture of more than 40 megapixels is refused by its head', async () => {
    expectProblem(await timed(png('bomb.png', 50_000, 50_000)), 422, 'media.picture_too_large');
  });

  it.each([
    ['of almost 40 megapixels', 7900, 5000, 1],
    ['as large as phones take it, and lying on its side', 4000, 3000, 6],
  ])('a picture %s is taken', async (_what, width, height, orientation) => {
    const blank = sharp({ create: { width, height, channels: 3, background: 'teal' } });
    const bytes = await (orientation === 1 ? blank : blank.withMetadata({ orientation })).jpeg().toBuffer();
    const media = expectStatus(await timed({ name: 'large.jpg', bytes }), 201);
    expect(media).toMatchObject(orientation === 1 ? { width, height } : { width: height, height: width });
  });

  it('a picture of a thousand bytes that unfolds to a gigabyte is refused', async () => {
    const blank = sharp({ create: { width: 6300, height: 6300, channels: 3, background: 'teal' } });
    const bytes = await blank.avif({ effort: 0, quality: 30 }).toBuffer();
    expect(bytes.length).toBeLessThan(5000);
    expectProblem(await timed({ name: 'small.avif', bytes }), 422, 'media.picture_unreadable');
  });

  it('a picture that is cut off is shown as far as it goes, or refused', async () => {
    const { bytes } = await picture('cut.jpg');
    for (const part of [bytes.length - 1000, bytes.length / 2, 400, 20]) {
      const answer = await timed({ name: 'cut.jpg', bytes: bytes.subarray(0, part) });
      if (answer.status !== 201) expectProblem(answer, 422, 'media.picture_unreadable');
      else await expectInert(answer.body.url);
    }
  });

  it('a GIF of a million frames takes nobody long', async () => {
    const answer = await timed(gifOf(1_000_000));
    expect([201, 422]).toContain(answer.status);
    expectStatus(await ada.api.get('/users/me'), 200);
  });

  it('a photo does not tell where it was taken, and is upright', async () => {
    const exif = { IFD0: { Make: 'Spy' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } };
    const { bytes } = await picture('x.jpg', 800, 600);
    const photo = await sharp(bytes).withExif(exif).withMetadata({ orientation: 6, exif }).jpeg().toBuffer();
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const media = await upload(ada, { name: 'home.jpg', bytes: photo });
    expect(media).toMatchObject({ width: 600, height: 800, content_type: 'image/jpeg' });
    const etags = new Set();
    for (const size of ['', '&size=small', '&size=medium']) {
      const got = await download(server, media.url + size);
      const { exif: left, xmp, orientation, width = 0, height = 0 } = await sharp(got.bytes).metadata();
      etags.add(got.headers.get('etag'));
      expect([left, xmp, orientation, width < height]).toEqual([undefined, undefined, undefined, true]);
      expect(got.bytes.includes('GPS') || got.bytes.includes('Spy')).toBe(false);
    }
    expect(etags.size).toBe(3);
    expect((await download(server, media.url)).bytes).toHaveLength(media.size);
  });

  it('none of them has left its folder', () => {
    expect(existsSync(server.mediaDir)).toBe(true);
    // With S3, files stand elsewhere.
    expect(readdirSync(server.mediaDir).filter((name) => name !== 'files')).toEqual(['incoming']);
    expect(readdirSync(`${server.mediaDir}/incoming`)).toEqual([]);
    expect(readdirSync(server.nodes[0].home).filter((name) => !['data', 'media'].includes(name))).toEqual([]);
  });

  /** Whatever a browser makes of it, it runs nothing. */
  async function expectInert(url: string): Promise<void> {
    const { headers } = await download(server, url);
    expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }

  /** Takes neither long nor much memory: of the server, or of the process for pictures, which may end meanwhile. */
  async function timed(file: TestFile) {
    const startedAt = performance.now();
    let most = 0;
    const look = setInterval(() => {
      for (const { pid } of server.nodes) most = Math.max(most, ...[pid, ...childrenOf(pid)].map(peakBytes));
    }, 5);
    const answer = await tryUpload(ada, file);
    clearInterval(look);
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
    expect(most / MIB).toBeLessThan(MAX_MIB);
    return answer;
  }
});

/** With a head that promises more than there is. */
function png(name: string, width: number, height: number): TestFile {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(1000))), chunk('IEND', Buffer.alloc(0))];
  return { name, bytes: Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]) };
}

function chunk(type: string, data: Buffer): Buffer {
  const whole = Buffer.alloc(12 + data.length);
  whole.writeUInt32BE(data.length, 0);
  whole.write(type, 4, 'latin1');
  whole.set(data, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length);
  return whole;
}

function gifOf(frames: number): TestFile {
  // One pixel in two colours; each frame is a descriptor and its data.
  const head = Buffer.from('47494638396101000100800000000000ffffff', 'hex');
  const frame = Buffer.from('2c00000000010001000002024401' + '00', 'hex');
  const bytes = Buffer.alloc(head.length + frames * frame.length + 1, 0x3b);
  head.copy(bytes);
  bytes.fill(frame, head.length, bytes.length - 1);
  return { name: 'frames.gif', bytes };
}
