import { expectStatus } from '../support/api';
import { AuthChatMessage, Member, memberWith } from '../support/auth-chat';
import { newGroup, newPeople, Person, send } from '../support/people';
import { startServer, Server } from '../support/server';
import { openRaw } from '../support/raw-socket';
import { closeSockets } from '../support/sockets';
import { download, formOf, picture, TestFile, text, upload } from '../support/uploads';
import { Chat } from '../support/wire';

describe('files in the dialect auth-chat', () => {
  let server: Server;
  let ada: Person, bob: Person, eve: Person;
  let member: Member;
  let chat: Chat;
  beforeAll(async () => {
    server = await startServer({ MEDIA_MAX_BYTES: '100000' });
    [ada, bob, eve] = (await newPeople(server, 3)) as [Person, Person, Person];
    member = memberWith(server, ada, ada.token);
    chat = await newGroup(ada, [bob]);
  });
  afterEach(closeSockets);
  afterAll(() => server.stop());

  const put = (file: TestFile) =>
    member.call<{ file_url: string }>('POST', '/chat/upload_media/', { raw: formOf(file) });
  const say = (content: string) =>
    member.call<AuthChatMessage>('POST', `/chat/chat_rooms/${chat.id}/messages`, { body: { content } });

  it('open for the members of a chat once their link was said there', async () => {
    const { file_url: url } = expectStatus(await put(text('plan.txt', 'the plan')), 200);
    expect(url).toMatch(/\/plan\.txt$/);
    const statuses = async () =>
      Promise.all(
        [ada, bob, eve, undefined].map(async (who) => (await download(server, url, { token: who?.token })).status),
      );
    expect(await statuses()).toEqual([200, 404, 404, 401]);
    const socket = await openRaw(server, bob, chat.id);
    expectStatus(await say(`see http://localhost:8000${url} please`), 201);
    expect(await statuses()).toEqual([200, 200, 404, 401]);
    const { message } = await socket.inbox.waitFor('new_message');
    expect(message?.media).toMatchObject([{ filename: 'plan.txt', url }]);
  });

  it('of others are not attached by who only knows their link', async () => {
    const foreign = await upload(eve);
    expectStatus(await say(foreign.url), 201);
    expect((await download(server, `/api/v1/media/${foreign.id}`, { token: bob.token })).status).toBe(404);
  });

  it('that were sent without a word show as links', async () => {
    const media = await upload(ada, await picture('a b.jpg', 64, 64));
    await send(ada, chat, '', { media_ids: [media.id] });
    const path = `/chat/chat_rooms/${chat.id}/messages`;
    const messages = expectStatus(await member.call<AuthChatMessage[]>('GET', path), 200);
    expect(messages.at(-1)?.content).toBe(`/api/v1/media/${media.id}/a%20b.jpg`);
  });

  it.each([
    ['too large', text('a.txt', 'x'.repeat(100_001)), 413],
    ['programs by their name', text('a.exe'), 415],
    ['scripts by their name', text('a.html'), 415],
    ['programs by their bytes', { name: 'a.jpg', bytes: Buffer.from('7f454c46020101' + '00'.repeat(60), 'hex') }, 415],
    ['scripts by their first line', text('a', '#!/bin/sh\nrm -rf /'), 415],
  ])('are refused when they are %s', async (_what, file, status) => {
    const answer = await put(file);
    expect([answer.status, Object.keys(answer.body)]).toEqual([status, ['detail']]);
  });
});
