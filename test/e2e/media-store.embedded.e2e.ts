import { runCommand } from '../support/command';
import { expectProblem, expectStatus } from '../support/api';
import { newGroup, newPeople, Person, send } from '../support/people';
import { startServer, Server } from '../support/server';
import { describeIfThere, Link, makeBucket, S3Server } from '../support/servers';
import { download, picture, plain, text, tryUpload, upload } from '../support/uploads';
import { eventually } from '../support/wait';
import { Chat } from '../support/wire';

const START_TIMEOUT_MS = 600_000;
const LARGE_BYTES = 20_000_000;

/** One node with an embedded store, whose files stand in an S3 server that can be stopped. */
describeIfThere(['s3'], 'files in S3', () => {
  const store = new S3Server();
  let link: Link;
  let settings: Record<string, string>;
  let server: Server;
  let ada: Person, bob: Person, eve: Person;
  let chat: Chat;
  beforeAll(async () => {
    await store.start();
    link = await Link.to(store.url);
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    await link.close();
    await store.stop();
  });

  const origin = () => new URL(store.url).origin;

  async function startOnBucket(more: Record<string, string> = {}): Promise<void> {
    const bucket = await makeBucket(store.url);
    settings = { ...bucket.settings, S3_ENDPOINT: new URL(link.through(store.url)).origin, ...more };
    server = await startServer(settings);
    [ada, bob, eve] = (await newPeople(server, 3)) as [Person, Person, Person];
    chat = await newGroup(ada, [bob]);
  }

  describe('that clients reach', () => {
    beforeAll(() => startOnBucket({ S3_PUBLIC_URL: origin() }));
    afterAll(() => server.stop());

    /** What is answered, without following where it sends. */
    const ask = (url: string, token?: string, method = 'GET') =>
      fetch(new URL(url, server.url), {
        method,
        redirect: 'manual',
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      });

    async function locate(url: string, token?: string, method?: string): Promise<string> {
      const { status, headers } = await ask(url, token, method);
      expect([status, headers.get('cache-control')]).toEqual([302, 'no-store']);
      const location = headers.get('location') ?? '';
      expect(new URL(location).origin).toBe(origin());
      expect(new URL(location).searchParams.get('X-Amz-Expires')).toBe('60');
      return location;
    }

    it('come from there, as they would from the server', async () => {
      const page = await upload(ada, { name: 'سلام.png', bytes: Buffer.from('<script>1</script>'), type: 'image/png' });
      const saved = await download(server, await locate(page.url));
      expect(saved.bytes.toString()).toBe('<script>1</script>');
      expect(saved.headers.get('content-type')).toBe('text/plain');
      expect(saved.headers.get('content-disposition')).toBe(
        `attachment; filename="____.png"; filename*=UTF-8''${encodeURIComponent('سلام.png')}`,
      );
      const photo = await upload(ada, await picture('view.jpg'));
      const shown = await download(server, await locate(photo.url));
      expect(shown.headers.get('content-type')).toBe('image/jpeg');
      expect(shown.headers.get('content-disposition')).toMatch(/^inline; filename="view.jpg"/);
      expect(shown.bytes).toHaveLength(photo.size);
      const small = await download(server, await locate(`${photo.url}&size=small`));
      expect(small.headers.get('content-type')).toBe('image/webp');
      expect(small.headers.get('content-disposition')).toMatch(/^inline; filename="view.jpg.webp"/);
    });

    it('come in parts, and a client that asks with a token does not pass it on', async () => {
      const { id } = await upload(ada, text('digits', '0123456789'));
      const part = (range: string) => download(server, `/api/v1/media/${id}`, { token: ada.token, headers: { range } });
      const { status, headers, bytes } = await part('bytes=2-4');
      expect([status, headers.get('content-range'), bytes.toString()]).toEqual([206, 'bytes 2-4/10', '234']);
      expect((await part('bytes=999-')).status).toBe(416);
    });

    it('are described there to who asks for the head alone', async () => {
      const { url } = await upload(ada, text('digits', '0123456789'));
      const head = await fetch(await locate(url, undefined, 'HEAD'), { method: 'HEAD' });
      expect([head.status, head.headers.get('content-length')]).toEqual([200, '10']);
    });

    it('are where nobody is sent who may not have them, or not any more', async () => {
      const media = await upload(ada, await picture('secret.jpg'));
      const seenBy = async (...asked: [url: string, token?: string][]) =>
        Promise.all(
          asked.map(async ([url, token]) => {
            const { status, headers } = await ask(url, token);
            return headers.has('location') ? 'sent there' : status;
          }),
        );
      const addresses = [plain(media.url), `/api/v1/media/${media.id}?size=small`];
      for (const url of addresses) {
        expect(await seenBy([url], [url, bob.token], [url, eve.token])).toEqual([401, 404, 404]);
      }
      await send(ada, chat, '', { media_ids: [media.id] });
      const { items } = expectStatus(await bob.api.get<{ items: { url: string }[] }>(`/media?ids=${media.id}`), 200);
      const own = items[0]?.url ?? '';
      expect(await seenBy([own], [plain(own), bob.token])).toEqual(['sent there', 'sent there']);
      expectStatus(await ada.api.delete(`/chats/${chat.id}/participants?user_id=${bob.id}`), 204);
      expect(await seenBy([own], [plain(own), bob.token])).toEqual([404, 404]);
    });

    it.each<[string, (link: string) => string]>([
      ['another file', (address) => address.replace(/files\/\d+/, 'files/1')],
      ['a longer time', (address) => address.replace('X-Amz-Expires=60', 'X-Amz-Expires=600')],
      ['another type', (address) => address.replace('text%2Fplain', 'text%2Fhtml')],
      ['being shown', (address) => address.replace('=attachment', '=inline')],
    ])('are not given there for %s than was signed', async (_what, change) => {
      await upload(ada);
      const genuine = await locate((await upload(ada)).url);
      expect(change(genuine)).not.toBe(genuine);
      expect([(await fetch(genuine)).status, (await fetch(change(genuine))).status]).toEqual([200, 403]);
    });
  });

  describe('that only the server reaches', () => {
    beforeAll(() => startOnBucket());
    afterAll(() => server.stop());

    const health = async () => {
      const answer = await fetch(`${server.url}/health`);
      const { status, stores } = (await answer.json()) as { status: string; stores: { files: { status: string } } };
      return [answer.status, status, stores.files.status];
    };

    it('can not be had while it is away, all else can, and all is well when it is back', async () => {
      const photo = await upload(ada, await picture('view.jpg'));
      const addresses = [photo.url, `${photo.url}&size=small`];
      await store.kill();
      for (const url of addresses) {
        const { status, bytes } = await download(server, url);
        expect([status, JSON.parse(bytes.toString())]).toMatchObject([503, { code: 'media.file_missing' }]);
      }
      expectProblem(await tryUpload(ada, text('lost.txt')), 503, 'service.store_unavailable');
      expect(await health()).toEqual([200, 'degraded', 'error']);
      await send(ada, chat, 'without a file');
      await store.restart();
      for (const url of addresses) expect((await download(server, url)).status).toBe(200);
      await upload(ada, text('kept.txt'));
      expect(await health()).toEqual([200, 'ok', 'ok']);
      const { code, output } = await runCommand('verify', { ...server.settings, ...settings });
      expect([code, output]).toEqual([0, expect.stringMatching(/^2 stored files seen$/m)]);
    });

    it('are not fetched any further for a client that is gone', async () => {
      const { url } = await upload(ada, { name: 'large', bytes: Buffer.alloc(LARGE_BYTES, 7) });
      const idle = link.connections;
      const leaving = new AbortController();
      const { body } = await fetch(new URL(url, server.url), { signal: leaving.signal });
      await body?.getReader().read();
      expect(link.connections).toBe(idle);
      leaving.abort();
      // What was under way on a connection ends with it; one that has nothing under way stays.
      const left = await eventually(
        () => Promise.resolve(link.connections),
        (count) => count < idle,
        20_000,
      );
      expect(left).toBe(idle - 1);
    });
  });
});
