import { readdirSync } from 'node:fs';
import { connect, Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import { runCommand } from '../support/command';
import { request as plainRequest, expectInvalid, expectProblem, expectStatus } from '../support/api';
import { newPeople, newPerson, Person, personAt } from '../support/people';
import {
  asPost,
  beginUpload,
  headOf,
  metadataOf,
  problemOf,
  sendByTus,
  TUS,
  tryBegin,
  tryPart,
} from '../support/resumable';
import { startServer, Server } from '../support/server';
import { Link } from '../support/servers/link';
import { listOriginals } from '../support/stored-files';
import { download, picture, text, tryUpload, upload } from '../support/uploads';
import { eventually, randomBetween } from '../support/wait';
import type { Media } from '../support/wire';

const MIB = 1024 * 1024;
const BREAKS = 6;
const ORIGIN = 'https://chat.example.org';

interface Upload {
  readonly id: string;
  readonly size: number;
  readonly offset: number;
  readonly media: Media | null;
}

let server: Server;
let ada: Person, eve: Person;
beforeAll(async () => {
  server = await startServer({ MEDIA_MAX_BYTES: String(20 * MIB), CORS_ORIGINS: ORIGIN });
  [ada, eve] = (await newPeople(server, 2)) as [Person, Person];
});
afterAll(() => server.stop());

const partial = () => readdirSync(`${server.mediaDir}/partial`);
const stored = () => listOriginals(server);
const uploadAt = async (person: Person, id: string) =>
  expectStatus(await person.api.get<Upload>(`/media/resumable/${id}`), 200);
const withoutNames = ({ id, url, ...facts }: Media) => ({ ...facts, isNamed: id > 0 && url !== '' });

describe('an upload that comes in parts', () => {
  it('ends as it does by one request, though the connection breaks and the server is killed', async () => {
    const person = await newPerson(server);
    const file = { name: 'long.bin', bytes: randomBytes(20 * MIB) };
    const link = await Link.to(server.url);
    const interrupt = async () => {
      for (let breaks = 0; breaks < BREAKS; breaks++) {
        await link.cutAfter(randomBetween(1, file.bytes.length / (BREAKS + 1)));
        if (breaks === 2) {
          await server.kill('SIGKILL');
          await server.start();
        }
        link.leadTo(server.url);
        link.restore();
      }
    };
    const origin = link.through(server.url);
    const retryDelays = Array.from({ length: 1000 }, () => 100);
    const [media] = await Promise.all([sendByTus(origin, person, file, { retryDelays }), interrupt()]);
    await link.close();
    const again = personAt(person, server);
    const whole = await upload(again, file);
    expect(withoutNames(media)).toEqual(withoutNames(whole));
    const { bytes, headers } = await download(server, media.url);
    expect(bytes.equals(file.bytes)).toBe(true);
    expect(headers.get('etag')).toBe((await download(server, whole.url)).headers.get('etag'));
    expect(partial()).toEqual([]);
    [ada, eve] = [personAt(ada, server), personAt(eve, server)];
  }, 300_000);

  it.each([
    ['part by part', { chunkSize: 10_000 }],
    ['with its first bytes in the request that begins it', { uploadDataDuringCreation: true, chunkSize: 10_000 }],
    ['whole in the request that begins it', { uploadDataDuringCreation: true }],
    ['by POST alone', { chunkSize: 10_000, overridePatchMethod: true }],
  ])('is a picture like others, sent %s', async (_how, options) => {
    const file = await picture('view.jpg');
    const media = await sendByTus(server.url, ada, file, options);
    expect(withoutNames(media)).toEqual(withoutNames(await upload(ada, file)));
    expect(media).toMatchObject({ content_type: 'image/jpeg', width: 640, filename: 'view.jpg' });
    expect((await download(server, `${media.url}&size=small`)).headers.get('content-type')).toBe('image/webp');
  });

  it('may be empty', async () => {
    const file = text('nothing.txt', '');
    expect(withoutNames(await sendByTus(server.url, ada, file))).toEqual(withoutNames(await upload(ada, file)));
  });

  it('still tells what it has become when its last answer was lost', async () => {
    const id = await beginUpload(ada, text('lost.txt', 'some words'));
    expectStatus(await tryPart(ada.api, id, 0, 'some '), 204);
    const { offset, size, media: none } = await uploadAt(ada, id);
    expect([offset, size, none]).toEqual([5, 10, null]);
    const last = await tryPart(ada.api, id, 5, 'words');
    const media = expectStatus(last, 200);
    const again = await headOf(ada.api, id);
    for (const { headers } of [last, again]) expect(headers.get('upload-media-id')).toBe(String(media.id));
    expect([again.headers.get('upload-offset'), again.headers.get('upload-length')]).toEqual(['10', '10']);
    expect((await uploadAt(ada, id)).media?.id).toBe(media.id);
    expect(expectStatus(await tryPart(ada.api, id, 10, ''), 200).id).toBe(media.id);
    expectProblem(await tryPart(ada.api, id, 5, 'words'), 409, 'media.upload_offset_wrong');
    expectStatus(await asPost(ada.api, 'DELETE', id), 204);
    expect((await download(server, media.url)).bytes.toString()).toBe('some words');
    expectProblem(await ada.api.get(`/media/resumable/${id}`), 404, 'media.upload_not_found');
  });

  it('becomes one file, whoever sends its last part at once', async () => {
    const before = (await stored()).length;
    const file = await picture('race.jpg');
    const id = await beginUpload(ada, file);
    const half = file.bytes.length >> 1;
    expectStatus(await tryPart(ada.api, id, 0, file.bytes.subarray(0, half)), 204);
    const racers = Array.from({ length: 6 }, () => personAt(ada, server));
    const answers = await Promise.all(racers.map(({ api }) => tryPart(api, id, half, file.bytes.subarray(half))));
    for (const answer of answers) if (answer.status >= 400) expectProblem(answer, 409);
    const { media } = await uploadAt(ada, id);
    expect((await download(server, media?.url ?? '')).status).toBe(200);
    const told = answers.filter(({ status }) => status === 200).map(({ body }) => body.id);
    expect(new Set([...told, media?.id]).size).toBe(1);
    expect((await stored()).length).toBe(before + 1);
  });

  it('goes on where it was while the connection before it hangs', async () => {
    const id = await beginUpload(ada, text('hangs.txt', 'abcdefgh'));
    const hanging = await sendAndHang(id, 'abcd');
    const arrived = (bytes: number) =>
      eventually(
        () => uploadAt(ada, id),
        ({ offset }) => offset === bytes,
        20_000,
      );
    await arrived(4);
    const elsewhere = personAt(ada, server);
    // A stranger does not make it stop.
    for (const method of ['HEAD', 'DELETE']) expectStatus(await asPost(eve.api, method, id), 404);
    expectStatus(await tryPart(eve.api, id, 4, 'EFGH'), 404);
    hanging.write('e');
    await arrived(5);
    expect((await headOf(elsewhere.api, id)).headers.get('upload-offset')).toBe('5');
    expectStatus(await tryPart(elsewhere.api, id, 5, 'fgh'), 200);
    hanging.destroy();
    expect((await download(server, (await uploadAt(ada, id)).media?.url ?? '')).bytes.toString()).toBe('abcdefgh');
  });

  /** A phone that went into a tunnel. */
  async function sendAndHang(id: string, bytes: string): Promise<Socket> {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    const head = [
      `PATCH /api/v1/media/resumable/${id} HTTP/1.1`,
      'host: localhost',
      `authorization: Bearer ${ada.token}`,
      'tus-resumable: 1.0.0',
      'upload-offset: 0',
      'content-type: application/offset+octet-stream',
      'content-length: 8',
    ];
    await new Promise((resolve) => socket.write(`${head.join('\r\n')}\r\n\r\n${bytes}`, resolve));
    return socket;
  }

  it('is given up without a trace', async () => {
    const id = await beginUpload(ada, text('gone.txt'));
    expectStatus(await tryPart(ada.api, id, 0, 'Hello'), 204);
    expect(partial()).toContain(id);
    const { code, output } = await runCommand('verify', server.settings);
    expect([code, output]).toEqual([0, expect.stringMatching(/^1 unfinished uploads seen$/m)]);
    expectStatus(await ada.api.call('DELETE', `/media/resumable/${id}`, { headers: TUS }), 204);
    expect(partial()).not.toContain(id);
    expectProblem(await tryPart(ada.api, id, 5, ', file!'), 404, 'media.upload_not_found');
  });
});

describe('what an upload in parts may be', () => {
  const begin = (headers: Record<string, string>, person = ada) => tryBegin(person.api, headers);

  it('is as large as other files, and counts against the quota from its beginning', async () => {
    expectProblem(await begin({ 'upload-length': String(20 * MIB + 1) }), 413, 'media.too_large');
    const id = await beginUpload(ada, text('short.txt', 'abc'));
    expectProblem(await tryPart(ada.api, id, 0, 'abcd'), 413, 'media.upload_too_long');
    expectStatus(await ada.api.call('DELETE', `/media/resumable/${id}`, { headers: TUS }), 204);
    const small = await startServer({ MEDIA_MAX_BYTES: '2000', MEDIA_QUOTA_BYTES: '3000' });
    try {
      const bob = await newPerson(small);
      const first = await beginUpload(bob, { name: 'a', bytes: Buffer.alloc(2000) });
      expectProblem(await begin({ 'upload-length': '1001' }, bob), 413, 'media.quota_exceeded');
      expectProblem(await tryUpload(bob, { name: 'b', bytes: Buffer.alloc(1001) }), 413, 'media.quota_exceeded');
      const other = await beginUpload(bob, { name: 'c', bytes: Buffer.alloc(1000) });
      expectStatus(await tryPart(bob.api, first, 0, Buffer.alloc(2000)), 200);
      expectStatus(await tryPart(bob.api, other, 0, Buffer.alloc(1000)), 200);
    } finally {
      await small.stop();
    }
  });

  it('is one of twenty', async () => {
    const person = await newPerson(server);
    const answers = await Promise.all(Array.from({ length: 25 }, () => begin({ 'upload-length': '1' }, person)));
    for (const answer of answers) if (answer.status !== 201) expectProblem(answer, 409, 'media.too_many_uploads');
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
  });

  it.each([
    ['no length', {}, 'Upload-Length'],
    ['a length that is none', { 'upload-length': '-1' }, 'upload-length'],
    ['a length to be told later', { 'upload-defer-length': '1' }, 'Upload-Length'],
    ['names twice', { 'upload-length': '1', 'upload-metadata': 'filename YQ==,filename YQ==' }, 'upload-metadata'],
    ['no base64', { 'upload-length': '1', 'upload-metadata': 'filename ä' }, 'upload-metadata'],
    ['__proto__', { 'upload-length': '1', 'upload-metadata': '__proto__ YQ==' }, 'upload-metadata'],
    [
      'far too much',
      { 'upload-length': '1', 'upload-metadata': metadataOf({ filename: 'x'.repeat(4000) }) },
      'Upload-Metadata',
    ],
    ['parts of a whole', { 'upload-length': '1', 'upload-concat': 'partial' }, 'Upload-Concat'],
  ])('is announced properly: %s is refused', async (_what, headers, field) => {
    expectInvalid(await begin(headers), field);
  });

  it.each([
    ['عکس‌های سفر.jpeg', 'عکس‌های سفر.jpeg'],
    ['../../../etc/passwd', 'passwd'],
    ['a\u0000b\r\nc\u202egpj.exe', 'abcgpj.exe'],
    ['', 'file'],
  ])('is called %j: %j', async (given, shown) => {
    const media = await sendByTus(server.url, ada, text(given));
    expect(media.filename).toBe(shown);
  });

  it('is spoken of in version 1.0.0, and comes as what it is', async () => {
    const answer = await ada.api.call('POST', '/media/resumable', { headers: { 'upload-length': '1' } });
    expectProblem(answer, 412, 'media.tus_version_wrong');
    expect(answer.headers.get('tus-version')).toBe('1.0.0');
    const id = await beginUpload(ada, text('a.txt'));
    const wrong = await tryPart(ada.api, id, 0, '{}', { 'content-type': 'application/json' });
    expectProblem(wrong, 415);
    expectProblem(await tryPart(ada.api, id, 3, 'lo'), 409, 'media.upload_offset_wrong');
    expectInvalid(await tryPart(ada.api, id, 0, 'lo', { 'upload-offset': 'x' }), 'upload-offset');
    expectProblem(await ada.api.call('POST', `/media/resumable/${id}`, { headers: TUS }), 405);
    const stray = { 'content-type': 'application/offset+octet-stream' };
    expectProblem(await ada.api.call('POST', '/chats/', { raw: 'x', headers: stray }), 415);
  });

  it('is looked at like others: a page is no picture, and half a picture none at all', async () => {
    const page = { name: 'a.png', bytes: Buffer.from('<!doctype html><script>alert(1)</script>'), type: 'image/png' };
    const media = await sendByTus(server.url, ada, page);
    expect(withoutNames(media)).toEqual(withoutNames(await upload(ada, page)));
    const { headers } = await download(server, media.url);
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    const broken = { name: 'b.jpg', bytes: (await picture('b.jpg')).bytes.subarray(0, 20) };
    const before = (await stored()).length;
    expectProblem(await tryUpload(ada, broken), 422, 'media.picture_unreadable');
    const failure: unknown = await sendByTus(server.url, ada, broken).catch((error: unknown) => error);
    expect(problemOf(failure)).toEqual({ status: 422, code: 'media.picture_unreadable' });
    const id = await beginUpload(ada, broken);
    expectProblem(await tryPart(ada.api, id, 0, broken.bytes), 422, 'media.picture_unreadable');
    expectProblem(await ada.api.get(`/media/resumable/${id}`), 404, 'media.upload_not_found');
    expect([(await stored()).length, partial()]).toEqual([before, expect.not.arrayContaining([id])]);
  });
});

describe('whose an upload in parts is', () => {
  it('is only the business of who began it', async () => {
    const id = await beginUpload(ada, text('mine.txt', 'mine'));
    const tries = (person: Person, token?: string) => {
      const api = Object.assign(Object.create(person.api) as typeof person.api, { token });
      const one = { headers: TUS };
      return Promise.all([
        headOf(api, id),
        api.get(`/media/resumable/${id}`),
        tryPart(api, id, 0, 'mine'),
        api.call('DELETE', `/media/resumable/${id}`, one),
        asPost(api, 'DELETE', id),
      ]);
    };
    for (const { status } of await tries(eve, eve.token)) expect(status).toBe(404);
    for (const { status } of await tries(eve)) expect(status).toBe(401);
    for (const wrong of ['..', '..%2f..%2fetc', 'x'.repeat(2000), `${id}%00`, id.slice(1)]) {
      expect((await ada.api.get(`/media/resumable/${wrong}`)).status).toBeGreaterThanOrEqual(400);
    }
    expect((await uploadAt(ada, id)).offset).toBe(0);
    expectStatus(await tryPart(ada.api, id, 0, 'mine'), 200);
    for (const { status } of await tries(eve, eve.token)) expect(status).toBe(404);
  });

  it('can be sent from pages of the origins that were named', async () => {
    const headers = { origin: ORIGIN };
    const preflight = await plainRequest('OPTIONS', `${server.url}/api/v1/media/resumable`, {
      headers: {
        ...headers,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,tus-resumable,upload-length,upload-metadata',
      },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toContain('upload-length');
    const begun = await tryBegin(ada.api, { ...headers, 'upload-length': '1' });
    expect(begun.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(begun.headers.get('access-control-expose-headers')).toMatch(/Location.*Upload-Media-Id.*Upload-Offset/);
    expect(begun.headers.get('upload-expires')).toMatch(/GMT$/);
    for (const origin of [headers, {}]) {
      const options = await plainRequest('OPTIONS', `${server.url}/api/v1/media/resumable`, { headers: origin });
      expect(options.status).toBe(204);
      expect(options.headers.get('tus-extension')).toBe('creation,creation-with-upload,termination,expiration');
      expect(options.headers.get('tus-max-size')).toBe(String(20 * MIB));
    }
  });
});
