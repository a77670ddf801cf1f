import { expectStatus } from '../support/api';
import { expectDetail, historyOf, newRoom, newRoomer, Roomer, say } from '../support/chatroom';
import { closeNamespaces, openNamespace } from '../support/chatroom-socket';
import { startServer, Server } from '../support/server';

const REQUESTS = 60;
const MESSAGES_PER_SECOND = 2;
const BURST = 4 * MESSAGES_PER_SECOND;

describe('the limits, in the dialect chatroom', () => {
  let server: Server;
  let ann: Roomer;
  beforeAll(async () => {
    server = await startServer({
      RATE_LIMITS: 'on',
      LIMIT_REQUESTS_PER_MINUTE: String(REQUESTS),
      LIMIT_MESSAGES_PER_SECOND: String(MESSAGES_PER_SECOND),
    });
  });
  beforeEach(async () => {
    ann = await newRoomer(server);
  });
  afterEach(closeNamespaces);
  afterAll(() => server.stop());

  test('for requests are told by one sentence, and when to come back', async () => {
    const answers = await Promise.all(Array.from({ length: 2 * REQUESTS }, () => ann.call('GET', '/api/chatroom/')));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThanOrEqual(REQUESTS - 1);
    for (const answer of refused) {
      expectDetail(answer, 429, /^Too many requests\./);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  });

  test('for messages are one for REST and sockets together', async () => {
    const room = await newRoom(ann);
    const socket = await openNamespace(server, ann.token);
    for (let index = 0; index < BURST / 2; index++) await say(ann, room, 'by REST');
    const message = { chatroomId: room._id, message: 'by socket' };
    const answers = await Promise.all(Array.from({ length: 2 * BURST }, () => socket.ask('chatroomMessage', message)));
    const refused = answers.filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) expect(answer.message).toMatch(/^Too many messages\./);
    expect(socket.of('error')).toHaveLength(refused.length);
    const sent = BURST / 2 + answers.length - refused.length;
    expect(await historyOf(ann, room)).toHaveLength(sent);
    expectDetail(await ann.call('POST', '/api/message/', { chatroom: room._id, message: 'x' }), 429);
    expectStatus(await ann.call('GET', '/api/chatroom/'), 200);
  });
});
