import { expectStatus } from '../../support/api';
import { allChanges, expectGapless } from '../../support/changes';
import { done, Door, DOORS, Verdict } from '../../support/doors';
import { newGroup, newPerson, Person } from '../../support/people';
import { startServer, Server } from '../../support/server';
import { closeSockets } from '../../support/sockets';
import { Chat, Message } from '../../support/wire';

const TIMES = 50;

/** Invariant 2 of the design: a retry never doubles a message. */
describe('the same key many times at once', () => {
  let server: Server;
  let ann: Person;
  let chat: Chat;
  beforeAll(async () => {
    server = await startServer();
    ann = await newPerson(server);
  });
  beforeEach(async () => {
    chat = await newGroup(ann, []);
  });
  afterEach(closeSockets);
  afterAll(() => server.stop());

  const openDoors = () => Promise.all(DOORS.map(([, open]) => open(ann, chat.id)));
  const sendMany = async (content: (n: number) => string): Promise<Verdict[]> => {
    const doors = await openDoors();
    const doorOf = (n: number) => doors[n % doors.length] as Door;
    const send = (n: number) => doorOf(n).send({ chat_id: chat.id, content: content(n), client_id: 'the key' });
    return Promise.all(Array.from({ length: TIMES }, (_, n) => send(n)));
  };

  test('makes one message, through all doors, and everybody gets that one', async () => {
    const messages = (await sendMany(() => 'once')).map(done);
    expect(new Set(messages.map((message) => JSON.stringify(message))).size).toBe(1);
    const changes = await allChanges(ann, chat.id);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.message).toEqual(messages[0]);
  });

  test('is answered with 201 once, and with 200 ever after', async () => {
    const send = () =>
      ann.api.post<Message>('/messages/', { chat_id: chat.id, content: 'once', client_id: 'another key' });
    const answers = await Promise.all(Array.from({ length: TIMES }, send));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(TIMES - 1).fill(200), 201]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  test('with different texts makes one of them, and the others are conflicts', async () => {
    const verdicts = await sendMany((n) => `text ${n}`);
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
    for (const verdict of verdicts) {
      if (!verdict.ok) expect(verdict.problem.status).toBe(409);
    }
    expect(await allChanges(ann, chat.id)).toHaveLength(1);
  });

  test('still gives the first message after a crash and a restart', async () => {
    const [first] = (await sendMany(() => 'once')).map(done);
    await server.restart({ signal: 'SIGKILL' });
    const again = (await sendMany(() => 'once')).map(done);
    for (const message of again) expect(message).toEqual(first);
    expectGapless(await allChanges(ann, chat.id));
    expect((await allChanges(ann, chat.id)).length).toBe(1);
  });

  test('one bad message among many fails alone', async () => {
    const doors = await openDoors();
    const verdicts = await Promise.all(
      Array.from({ length: TIMES }, (_, n) =>
        (doors[n % doors.length] as Door).send(
          n % 5 === 0
            ? { chat_id: chat.id, content: `reply ${n}`, reply_to: 999_999_999 }
            : { chat_id: chat.id, content: `good ${n}` },
        ),
      ),
    );
    expect(verdicts.map((verdict) => verdict.ok)).toEqual(verdicts.map((_, n) => n % 5 !== 0));
    const changes = await allChanges(ann, chat.id);
    expectGapless(changes);
    expect(changes).toHaveLength(TIMES - TIMES / 5);
    expectStatus(await ann.api.get(`/chats/${chat.id}`), 200);
  });
});
