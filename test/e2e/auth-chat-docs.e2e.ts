import { expectStatus } from '../support/api';
import { Member, newMember, newRoom, say, uniqueEmail } from '../support/auth-chat';
import { NamedOperation, OpenApi, operationsOf, readOpenApi, resolveSchema, Schema } from '../support/openapi';
import { PASSWORD, uniqueName } from '../support/people';
import { startServer, Server } from '../support/server';
import { formOf, TestFile, text } from '../support/uploads';

type Grouped = OpenApi & { 'x-tagGroups': { name: string; tags: string[] }[] };

describe('the documentation of the dialect auth-chat', () => {
  let server: Server;
  let document: Grouped;
  let operations: NamedOperation[];
  beforeAll(async () => {
    server = await startServer();
    document = (await readOpenApi(server)) as Grouped;
    operations = operationsOf(document).filter(({ path }) => /^\/(auth|chat)\//.test(path));
  });
  afterAll(() => server.stop());

  test('is a group of its own', () => {
    const group = document['x-tagGroups'].find(({ name }) => name === 'auth-chat');
    const tags = operations.flatMap(({ operation }) => (operation as { tags?: string[] }).tags ?? []);
    expect([...new Set(tags)].sort()).toEqual([...(group?.tags ?? [])].sort());
  });

  test('shows every failure in the shape of the dialect, with examples', () => {
    const shown = operations.flatMap(({ name, operation }) =>
      Object.entries(operation.responses)
        .filter(([status]) => Number(status) >= 400)
        .map(([status, { content }]) => {
          const media = content?.['application/json'];
          const { detail } = resolveSchema(document, media?.schema).properties ?? {};
          return { name, status, detail: detail?.type, examples: Object.keys(media?.examples ?? {}).length > 0 };
        }),
    );
    expect(shown.length).toBeGreaterThan(30);
    for (const { name, status, detail, examples } of shown) {
      expect([name, status, detail, examples]).toEqual([name, status, status === '422' ? 'array' : 'string', true]);
    }
  });

  test('describes what is really taken and answered', async () => {
    const member: Member = await newMember(server);
    const room = await newRoom(member, [{ email: uniqueEmail() }]);
    await say(member, room, 'x');
    const other = await newMember(server);
    const direct = { chat_type: 'direct', participant_ids: [Number(other.id)] };
    expectStatus(await member.call('POST', '/api/v1/chats/', { body: direct }), 201);
    const account = { username: uniqueName(), email: uniqueEmail(), password: PASSWORD, full_name: 'A B' };
    const bodies: Record<string, object> = {
      'POST /auth/signup': account,
      'POST /auth/login': { email: member.email, username: member.username, password: PASSWORD },
      'POST /auth/token': { email: member.email, username: member.username, password: PASSWORD },
      'POST /chat/chat_rooms': { name: 'x', description: 'y', members: [] },
      'POST /chat/chat_rooms/{}/messages': { content: 'x' },
    };
    const files: Record<string, TestFile> = { 'POST /chat/upload_media': text('a.txt') };
    for (const { name, method, path, operation } of operations) {
      const body = bodies[name];
      const file = files[name];
      const raw = file && formOf(file);
      const taken = resolveSchema(document, operation.requestBody?.content['application/json']?.schema);
      expect([name, Object.keys(taken.properties ?? {}).sort()]).toEqual([name, Object.keys(body ?? {}).sort()]);
      const answer = await member.call(method, path.replace('{room_id}', room.id), { body, raw });
      const given = expectStatus(answer, 200, 201) as object | object[];
      const schema = resolveSchema(document, operation.responses[answer.status]?.content?.['application/json']?.schema);
      const shown: Schema = schema.type === 'array' ? resolveSchema(document, schema.items) : schema;
      const [one = {}] = [given].flat();
      const optional = 'description' in one ? [] : ['description'];
      const documented = Object.keys(shown.properties ?? {}).filter((key) => !optional.includes(key));
      expect([name, documented.sort()]).toEqual([name, Object.keys(one).sort()]);
    }
  });
});
