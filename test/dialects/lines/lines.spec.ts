import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { request } from '../../support/api';
import { newGroup, newPeople, Person, send } from '../../support/people';
import type { Origin } from '../../support/server-node';
import { closeSockets, openSocketIo } from '../../support/sockets';
import { startAppWith } from '../app';
import { LinesLive, LinesModule } from './lines';

/** The dialect of docs/guides/add-a-dialect.md, as one more line in `app.module.ts`. */
describe('a dialect that is added by its folder and one line', () => {
  let app: NestFastifyApplication;
  let server: Origin;
  let ann: Person, ben: Person;
  beforeAll(async () => {
    ({ app, server } = await startAppWith((imports) => [...imports, LinesModule]));
    [ann, ben] = (await newPeople(server, 2)) as [Person, Person];
  });
  afterEach(closeSockets);
  afterAll(() => app.close());

  const type = 'application/x-ndjson';
  const post = (raw: string, token?: string, path = '/lines') =>
    request('POST', server.url + path, { raw, token, headers: { 'content-type': type } });
  const run = async (token: string, ...commands: unknown[]): Promise<unknown[]> => {
    const { status, text } = await post(
      commands.map((command) => JSON.stringify(command)).join('\n'),
      token,
      '/lines/',
    );
    expect(status).toBe(200);
    return text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  };

  test('talks with the others, in both directions', async () => {
    const chat = await newGroup(ann, [ben]);
    // A node tells its dialects of chats that somebody hears.
    await openSocketIo(server, ben);
    const native = await send(ben, chat, 'from v1');
    const heardBefore = app.get(LinesLive).heard;
    const [sent, read] = await run(
      ann.token,
      { do: 'send', chat: chat.id, text: 'hello', mood: 7 },
      { do: 'read', chat: chat.id },
    );
    const lines = [
      { id: native.id, from: ben.username, text: 'from v1' },
      { id: expect.any(Number) as number, from: ann.username, text: 'hello' },
    ];
    expect(sent).toEqual({ ok: true, ...lines[1] });
    expect(read).toEqual({ ok: true, said: lines });
    expect(app.get(LinesLive).heard).toBe(heardBefore + 1);
    const history = await ben.api.get<{ items: { content: string }[] }>(`/messages/chat/${chat.id}`);
    expect(history.body.items.map(({ content }) => content)).toEqual(['hello', 'from v1']);
  });

  test('has the rules and limits of the others, in a shape of its own', async () => {
    const { id: chat } = await newGroup(ben, []);
    const outcomes = await run(
      ann.token,
      { do: 'send', chat, text: 'x' },
      { do: 'send', chat, text: ' ' },
      { do: 'fly', chat },
    );
    expect(outcomes).toMatchObject(
      ['chat.not_found', 'message.empty', 'request.invalid'].map((code) => ({ ok: false, code })),
    );
    const whole = [
      await post('', undefined),
      await post('{'.repeat(300_000), ann.token),
      await post('', ann.token, '/lines/x'),
    ];
    expect(whole.map(({ status }) => status)).toEqual([401, 413, 404]);
    for (const { headers, body } of whole) {
      expect(headers.get('content-type')).toContain(type);
      expect(body).toEqual({ ok: false, code: expect.any(String) as string, sentence: expect.any(String) as string });
    }
  });

  test('is a group of the API document', async () => {
    const { body } = await request<{ paths: object; 'x-tagGroups': { name: string }[] }>(
      'GET',
      `${server.url}/openapi.json`,
    );
    expect(Object.keys(body.paths)).toContain('/lines');
    expect(body['x-tagGroups'].map(({ name }) => name)).toContain('lines');
  });
});
