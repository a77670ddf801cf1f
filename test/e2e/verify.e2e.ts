import { expectStatus } from '../support/api';
import { runCommand } from '../support/command';
import { directChat, newGroup, newPeople, Person, send } from '../support/people';
import { Server, startServer } from '../support/server';
import { Chat } from '../support/wire';

const RUNS = 5;
const WRITERS = 8;

describe('npm run verify, beside servers that work', () => {
  let server: Server;
  let people: [Person, Person, Person];
  let chats: Chat[];

  beforeAll(async () => {
    server = await startServer();
    people = (await newPeople(server, 3)) as typeof people;
    const [ada, bob, eve] = people;
    chats = [await newGroup(ada, [bob]), await newGroup(bob, [ada, eve]), await directChat(ada, bob)];
  });
  afterAll(() => server.stop());

  /** Everything that changes a chat, over and over: what is read in the middle of it must not look like damage. */
  const keepChanging = async (n: number, isOver: () => boolean): Promise<number> => {
    const [ada, bob, eve] = people;
    let rounds = 0;
    for (; !isOver(); rounds++) {
      const chat = chats[(n + rounds) % chats.length] as Chat;
      const first = await send(ada, chat, `from ${n}`);
      const answer = await send(bob, chat, 'an answer', { reply_to: first.id });
      expectStatus(await ada.api.put(`/messages/${first.id}`, { content: 'edited' }), 200);
      expectStatus(await ada.api.delete(`/messages/${first.id}`), 200);
      expectStatus(await bob.api.put(`/messages/${answer.id}`, { content: 'edited, too' }), 200);
      if (n > 0) continue;
      const group = (chats[0] as Chat).id;
      expectStatus(await ada.api.post(`/chats/${group}/participants`, { user_ids: [eve.id] }), 200);
      expectStatus(await ada.api.delete(`/chats/${group}/participants?user_id=${eve.id}`), 200, 204);
    }
    return rounds;
  };

  test('finds their stores sound while messages are sent, edited and deleted', async () => {
    let isOver = false;
    const changing = Array.from({ length: WRITERS }, (_, n) => keepChanging(n, () => isOver));
    const sound = { code: 0, output: expect.stringMatching(/^sound: /m) as unknown, errors: '' };
    try {
      for (let run = 0; run < RUNS; run++) expect(await runCommand('verify', server.settings)).toEqual(sound);
    } finally {
      isOver = true;
    }
    const rounds = (await Promise.all(changing)).reduce((sum, each) => sum + each);
    expect(rounds).toBeGreaterThan(RUNS);
  });
});
