import { eventually } from '../support/wait';
import { expectInvalid, expectProblem, expectStatus } from '../support/api';
import { newGroup, newPeople, Person, send } from '../support/people';
import { startServer, Server } from '../support/server';
import { box, mp3, mp4, opus, wav, webm } from '../support/recordings';
import { closeSockets, SOCKETS } from '../support/sockets';
import { download, picture, plain, text, tryUpload, upload } from '../support/uploads';
import { Chat, Media, Message, Page } from '../support/wire';

let server: Server;
let ada: Person, bob: Person, eve: Person;
let chat: Chat;
beforeAll(async () => {
  server = await startServer({ MEDIA_MAX_BYTES: '2000000', MEDIA_QUOTA_BYTES: '60000000' });
  [ada, bob, eve] = (await newPeople(server, 3)) as [Person, Person, Person];
});
beforeEach(async () => {
  chat = await newGroup(ada, [bob]);
});
afterEach(closeSockets);
afterAll(() => server.stop());

const statusFor = async (url: string, token?: string) => (await download(server, url, { token })).status;
const sendFile = (media: Media, content = '', more = {}) =>
  send(ada, chat, content, { media_ids: [media.id], ...more });

describe('a file', () => {
  it('comes to the members of a chat as it was sent', async () => {
    const file = text('notes.txt', 'some notes');
    const media = await upload(ada, file);
    expect(media).toMatchObject({ filename: 'notes.txt', content_type: 'text/plain', size: 10, width: null });
    const sent = await sendFile(media, 'look');
    expect(sent.media).toEqual([media]);
    const page = expectStatus(await bob.api.get<Page<Message>>(`/messages/chat/${chat.id}`), 200);
    const seen = page.items[0]?.media[0];
    expect(seen).toEqual({ ...media, url: seen?.url });
    for (const address of [plain(media.url), `/api/v1/media/${media.id}`]) {
      const { status, bytes } = await download(server, address, { token: bob.token });
      expect([status, bytes.toString()]).toEqual([200, 'some notes']);
    }
    expect((await download(server, seen?.url ?? '')).bytes.toString()).toBe('some notes');
  });

  it.each(SOCKETS)('can be sent through %s and is in the frame that others get', async (_transport, open) => {
    const media = await upload(ada, await picture('view.jpg'));
    const [from, to] = [await open(server, ada, chat.id), await open(server, bob, chat.id)];
    const ack = await from.request('message', { chat_id: chat.id, content: '', media_ids: [media.id] });
    expect(ack.message?.media).toEqual([media]);
    const { message } = await to.inbox.waitFor('new_message');
    expect(message?.media).toEqual([{ ...media, url: plain(media.url) }]);
    expect(message?.media[0]).toMatchObject({ width: 640, height: 480, content_type: 'image/jpeg' });
  });

  it('is saved and not shown, unless it is a picture, sound or video', async () => {
    const page = await upload(ada, {
      name: 'a.png',
      bytes: Buffer.from('<script>alert(1)</script>'),
      type: 'image/png',
    });
    const { headers } = await download(server, page.url);
    expect(headers.get('content-type')).toBe('text/plain');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="a.png"/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/^sandbox;/);
    const photo = await download(server, (await upload(ada, await picture('b.jpg'))).url);
    expect(photo.headers.get('content-disposition')).toMatch(/^inline; filename="b.jpg"/);
    expect(photo.headers.get('content-security-policy')).toMatch(/^sandbox;/);
  });

  it.each([
    ['عکس‌های سفر.jpeg', 'عکس‌های سفر.jpeg'],
    ['../../../etc/passwd', 'passwd'],
    ['..', 'file'],
    ['a\u0000b\u202egpj.exe', 'abgpj.exe'],
    ['C:\\temp\\report "final".doc', 'report "final".doc'],
    ['🎉'.repeat(300) + '.png', '🎉'.repeat(196) + '.png'],
  ])('is called %j: %j', async (given, shown) => {
    const media = await upload(ada, text(given));
    expect(media.filename).toBe(shown);
    const { headers } = await download(server, media.url);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[ !#$&-[\]-~]+"; filename\*=/);
    const [, extended = ''] = /filename\*=UTF-8''(\S+)$/.exec(headers.get('content-disposition') ?? '') ?? [];
    expect(decodeURIComponent(extended)).toBe(shown);
  });

  it.each([
    ['wav', wav(3), 'audio/wav', 3],
    ['mp3', mp3(100), 'audio/mpeg', 2.612],
    ['m4a', mp4('M4A ', 7), 'audio/x-m4a', 7],
    ['mp4', mp4('isom', 12), 'video/mp4', 12],
    ['mov', mp4('qt  ', 5), 'video/quicktime', 5],
    ['opus', opus(4), 'audio/ogg; codecs=opus', 4],
    ['webm', webm(9), 'video/webm', 9],
  ])('that is sound or video (%s) tells how long it takes', async (_kind, file, type, duration) => {
    const media = await upload(ada, file);
    expect(media).toMatchObject({ content_type: type, duration, width: null });
    expect((await sendFile(media)).media).toEqual([media]);
  });

  it.each([
    ['is cut off', mp4('isom', 12).bytes.subarray(0, 60)],
    [
      'lies about its parts',
      Buffer.concat([box('ftyp', 'isom', '0000', 'isom'), Buffer.from('7fffffff6d6f6f76', 'hex')]),
    ],
  ])('that begins like a video and %s is taken as it is', async (_what, bytes) => {
    expect(await upload(ada, { name: 'clip.mp4', bytes })).toMatchObject({ content_type: 'video/mp4', duration: null });
  });

  it('can be had in parts, and not again by who has it', async () => {
    const media = await upload(ada, text('digits', '0123456789'));
    const part = async (range: string, more = {}) => {
      const { status, headers, bytes } = await download(server, media.url, { headers: { range, ...more } });
      return [status, headers.get('content-range'), bytes.toString()];
    };
    expect(await part('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await part('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part('bytes=-2')).toEqual([206, 'bytes 8-9/10', '89']);
    expect(await part('bytes=7-999')).toEqual([206, 'bytes 7-9/10', '789']);
    for (const all of ['bytes=4-2', 'bytes=1-2,4-5', 'bytes=-', 'lines=1-2']) {
      expect(await part(all)).toEqual([200, null, '0123456789']);
    }
    for (const none of ['bytes=10-', 'bytes=999999-1000000', 'bytes=-0']) {
      const [status, range, body] = await part(none);
      expect([status, range]).toEqual([416, 'bytes */10']);
      expect(JSON.parse(String(body))).toMatchObject({ code: 'request.range_not_satisfiable' });
    }
    expect(await part('bytes=0-1', { 'if-range': '"another"' })).toEqual([200, null, '0123456789']);
    const { headers } = await download(server, media.url);
    expect(headers.get('cache-control')).toBe('private, no-cache');
    const etag = headers.get('etag') ?? '';
    expect((await download(server, media.url, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it('that is too large is refused, and so is what goes beyond all that one may have', async () => {
    const large = { name: 'large', bytes: Buffer.alloc(2_000_001) };
    expectProblem(await tryUpload(ada, large), 413, 'media.too_large');
    const [greedy] = (await newPeople(server, 1)) as [Person];
    const many = { name: 'many', bytes: Buffer.alloc(2_000_000) };
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(Array.from({ length: 7 }, () => tryUpload(greedy, many)));
      for (const answer of answers) if (answer.status !== 201) expectProblem(answer, 413, 'media.quota_exceeded');
      if (round === 4) expect(answers.filter(({ status }) => status === 201).length).toBeLessThan(7);
    }
  });

  it.each([
    ['no file', () => new FormData(), 422],
    ['another field', () => formWith(['note', 'x']), 422],
    ['two files', () => formWith(['file', 'x'], ['file', 'y']), 422],
    ['a text in its place', () => formWith(['file', undefined]), 422],
  ])('is all that an upload brings: %s is refused', async (_what, form, status) => {
    expectProblem(await ada.api.call('POST', '/media', { raw: form() }), status);
  });

  it.each([
    [
      'cut off',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
      400,
    ],
    ['without a boundary', 'multipart/form-data', 'abc', 400],
    ['JSON', 'application/json', '{}', 415],
  ])('is refused when the body is %s', async (_what, type, raw, status) => {
    expectProblem(await ada.api.call('POST', '/media', { raw, headers: { 'content-type': type } }), status);
  });
});

describe('who may have a file', () => {
  it('is its uploader until it is sent, then the members of the chat as long as they are', async () => {
    const media = await upload(ada, await picture('secret.jpg'));
    const addresses = [`/api/v1/media/${media.id}`, plain(media.url), `/api/v1/media/${media.id}?size=small`];
    addresses.push(`/api/v1/media?ids=${media.id}`, `${plain(media.url)}?size=medium`);
    const statuses = (token?: string) => Promise.all(addresses.map((address) => statusFor(address, token)));
    const all = (status: number) => addresses.map(() => status);
    expect([await statuses(), await statuses(ada.token)]).toEqual([all(401), all(200)]);
    expect([await statuses(bob.token), await statuses(eve.token)]).toEqual([all(404), all(404)]);
    await sendFile(media);
    expect([await statuses(bob.token), await statuses(eve.token)]).toEqual([all(200), all(404)]);
    const seen = expectStatus(await bob.api.get<{ items: Media[] }>(`/media?ids=${media.id}`), 200).items[0]?.url ?? '';
    expect(await statusFor(seen)).toBe(200);
    expectStatus(await ada.api.delete(`/chats/${chat.id}/participants?user_id=${bob.id}`), 204);
    expect([await statuses(bob.token), await statuses(), await statusFor(seen)]).toEqual([all(404), all(401), 404]);
  });

  it('can open it by a link of theirs for this file, and by no other', async () => {
    const [one, other] = [await upload(ada), await upload(ada)];
    expect(await statusFor(one.url)).toBe(200);
    const signature = new URL(one.url, server.url).search;
    expect(await statusFor(plain(other.url) + signature)).toBe(401);
    expect(await statusFor(one.url.replace(/signature=\d+/, `signature=${bob.id}`))).toBe(401);
    expect(await statusFor(one.url.replace(/\.(\d{10})\./, '.9999999999.'))).toBe(401);
  });

  it('ends with the log-in that a link was made for', async () => {
    const [person] = (await newPeople(server, 1)) as [Person];
    const { url } = await upload(person);
    expect(await statusFor(url)).toBe(200);
    expectStatus(await person.api.post('/users/logout'), 204);
    expect(
      await eventually(
        () => statusFor(url),
        (status) => status === 401,
      ),
    ).toBe(401);
  });
});

describe('a message with files', () => {
  it('brings only what its sender has uploaded, at most ten', async () => {
    const foreign = await upload(bob);
    const send = (media_ids: unknown, content = 'x') =>
      ada.api.post('/messages/', { chat_id: chat.id, content, media_ids });
    expectInvalid(await send([foreign.id]), 'media_ids.0');
    expectInvalid(await send([999_999_999]), 'media_ids.0');
    const own = await Promise.all(Array.from({ length: 11 }, () => upload(ada)));
    expectInvalid(await send(own.map(({ id }) => id)), 'media_ids');
    expectInvalid(await send([own[0]?.id, own[0]?.id]), 'media_ids');
    expectProblem(await send([], ''), 422, 'message.empty');
    expectStatus(
      await send(
        own.slice(0, 10).map(({ id }) => id),
        '',
      ),
      201,
    );
  });

  it('is told from another one under the same client_id by its files, too', async () => {
    const [one, other] = [await upload(ada), await upload(ada)];
    const first = await sendFile(one, 'x', { client_id: 'k' });
    const again = await sendFile(one, 'x', { client_id: 'k' });
    expect(again).toEqual(first);
    const body = { chat_id: chat.id, content: 'x', client_id: 'k', media_ids: [other.id] };
    expectProblem(await ada.api.post('/messages/', body), 409, 'message.client_id_reused');
  });

  it('can be left without a word', async () => {
    const { id } = await sendFile(await upload(ada), 'words');
    expectStatus(await ada.api.put(`/messages/${id}`, { content: '' }), 200);
    expectProblem(
      await ada.api.put(`/messages/${(await send(ada, chat, 'x')).id}`, { content: '' }),
      422,
      'message.empty',
    );
  });

  it('takes its files along when it is deleted, unless another one brings them', async () => {
    const media = await upload(ada, await picture('gone.jpg'));
    const [one, other] = [await sendFile(media), await sendFile(media)];
    const tombstone = expectStatus(await ada.api.delete<Message>(`/messages/${one.id}`), 200);
    expect(tombstone.media).toEqual([]);
    expect(await statusFor(plain(media.url), bob.token)).toBe(200);
    expectStatus(await ada.api.delete(`/messages/${other.id}`), 200);
    expect([await statusFor(plain(media.url), bob.token), await statusFor(media.url)]).toEqual([404, 404]);
    expectInvalid(
      await ada.api.post('/messages/', { chat_id: chat.id, content: 'x', media_ids: [media.id] }),
      'media_ids.0',
    );
  });
});

function formWith(...fields: [string, string | undefined][]): FormData {
  const form = new FormData();
  for (const [name, content] of fields) {
    if (content === undefined) form.append(name, 'text');
    else form.append(name, new Blob([content]), 'a.txt');
  }
  return form;
}
