import { readdirSync } from 'node:fs';
import { expectProblem, expectStatus } from '../support/api';
import { newGroup, newPeople, Person, send } from '../support/people';
import { startServer, Server } from '../support/server';
import { download, plain, text, tryUpload, upload } from '../support/uploads';

const FILE = 'content-disposition: form-data; name="file"; filename="a.txt"';
const END = '\r\n--x--\r\n';
const MAX_BYTES = 100_000;

/** What no client sends. */
describe('whoever means harm', () => {
  let server: Server;
  let ada: Person, bob: Person, eve: Person;
  beforeAll(async () => {
    server = await startServer({ MEDIA_MAX_BYTES: String(MAX_BYTES) });
    [ada, bob, eve] = (await newPeople(server, 3)) as [Person, Person, Person];
  });
  afterAll(() => server.stop());

  const part = (head: string, content = 'content') => `--x\r\n${head}\r\n\r\n${content}\r\n`;
  const put = (raw: string, type = 'multipart/form-data; boundary=x') =>
    ada.api.call('POST', '/media', { raw, headers: { 'content-type': type } });

  it.each([
    [
      'a thousand fields',
      Array.from({ length: 1000 }, (_, n) => part(`content-disposition: form-data; name="f${n}"`)),
      422,
    ],
    ['a thousand files', Array.from({ length: 1000 }, () => part(FILE)), 422],
    ['a field called __proto__', [part('content-disposition: form-data; name="__proto__"')], 400],
    ['a part without a name', [part('content-disposition: form-data; filename="a"')], 422],
    ['a part without a head', [part('')], 422],
    ['fifty thousand lines of head', [part('x-a: b\r\n'.repeat(50_000) + FILE)], 422],
    ['more before the file than a file may have', ['x'.repeat(2 * MAX_BYTES), '\r\n', part(FILE)], 413],
    ['more after the file than a file may have', [part(FILE), END, 'x'.repeat(2 * MAX_BYTES)], 413],
    ['another boundary', [part(FILE).replaceAll('--x', '--y')], 422],
  ])('sends %s and is told so', async (_what, parts, status) => {
    expectProblem(await put(parts.join('') + END), status);
  });

  it('sends a boundary without end and is told so', async () => {
    expectProblem(await put('x', `multipart/form-data; boundary=${'x'.repeat(3000)}`), 400);
  });

  it('writes lines into a name, and none into a header', async () => {
    const media = await upload(ada, text('a\r\nset-cookie: a=b\r\n\r\n<script>.txt'));
    const { headers } = await download(server, media.url);
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="aset-cookie: a=b<script>.txt"; filename\*=/,
    );
  });

  it('learns from no header and no method whether there is a file', async () => {
    const { id, url } = await upload(ada);
    const { headers } = await download(server, url);
    const etag = headers.get('etag') ?? '';
    const ask = async (mediaId: number, method: string, more: object) => {
      const init = { method, headers: { authorization: `Bearer ${eve.token}`, ...more } };
      const answer = await fetch(`${server.url}/api/v1/media/${mediaId}`, init);
      return [answer.status, (await answer.text()).replace(/"[\w-]{36}"/g, '')];
    };
    for (const method of ['GET', 'HEAD']) {
      for (const more of [{}, { 'if-none-match': etag }, { 'if-none-match': '*' }, { range: 'bytes=0-0' }]) {
        const [real, none] = [await ask(id, method, more), await ask(999_999_999, method, more)];
        expect(real).toEqual(none);
        expect(real[0]).toBe(404);
      }
    }
  });

  it('changes a signature in any place, and it opens nothing', async () => {
    const { url } = await upload(ada);
    const [, signature = ''] = url.split('signature=');
    const [userId, sessionId, expires = '', code = ''] = signature.split('.');
    const later = String(Number(expires) + 3600);
    const forged = [
      ...[
        `${bob.id}.${sessionId}.${expires}.${code}`,
        `${userId}.${sessionId}.${later}.${code}`,
        '',
        '...',
        `${signature}=`,
      ],
      ...Array.from(code, (letter, at) =>
        [userId, sessionId, expires, code.slice(0, at) + (letter === 'A' ? 'B' : 'A') + code.slice(at + 1)].join('.'),
      ),
    ];
    const statuses = forged.map(async (one) => (await download(server, `${plain(url)}?signature=${one}`)).status);
    expect(new Set(await Promise.all(statuses))).toEqual(new Set([401]));
    expect((await download(server, url)).status).toBe(200);
  });

  it('keeps neither link nor token when the account is deleted, and others keep what they were sent', async () => {
    const [mallory] = (await newPeople(server, 1)) as [Person];
    const media = await upload(mallory);
    await send(mallory, await newGroup(mallory, [ada]), '', { media_ids: [media.id] });
    expectStatus(await mallory.api.delete('/users/me', { current_password: mallory.password }), 204);
    expect((await download(server, media.url)).status).toBe(401);
    expect((await download(server, plain(media.url), { token: mallory.token })).status).toBe(401);
    expect((await download(server, plain(media.url), { token: ada.token })).status).toBe(200);
  });

  it('deletes the message while others still read the file: they get all of it, and nobody again', async () => {
    const bytes = Buffer.alloc(MAX_BYTES, 'x');
    const media = expectStatus(await tryUpload(ada, { name: 'a.bin', bytes }), 201);
    const { id } = await send(ada, await newGroup(ada, [bob]), '', { media_ids: [media.id] });
    const reading = await fetch(new URL(media.url, server.url));
    expectStatus(await ada.api.delete(`/messages/${id}`), 200);
    expect(Buffer.from(await reading.arrayBuffer())).toEqual(bytes);
    expect((await download(server, media.url)).status).toBe(404);
  });

  it('has left nothing behind, and has upset nobody', () => {
    expect(readdirSync(`${server.mediaDir}/incoming`)).toEqual([]);
    expect(server.logs.errors).toEqual([]);
  });
});
