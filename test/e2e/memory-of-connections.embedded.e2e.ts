import { MEASURABLE, measureMemory } from '../support/memory';
import { newGroup, newPerson, Person } from '../support/people';
import { Server, startServer } from '../support/server';
import { closeSockets, OpenSocket, openRaw, openSocketIo } from '../support/sockets';

const KIB = 1024;
const CONNECTIONS = 300;
/** What every server has to make once, when the first ones come. */
const BEFORE = 20;

describe('the memory of open connections', () => {
  let server: Server;
  let person: Person;
  let chatId: number;
  beforeAll(async () => {
    server = await startServer({ ...MEASURABLE, RATE_LIMITS: 'off' });
    person = await newPerson(server);
    ({ id: chatId } = await newGroup(person, []));
  });
  afterEach(closeSockets);
  afterAll(() => server.stop());

  const open = async (openOne: OpenSocket, count: number): Promise<void> => {
    for (let opened = 0; opened < count; opened++) await openOne(server, person, chatId);
  };

  /** Each limit is about halfway between what a connection takes and what it would take with its request: 2 KiB more. */
  test.each([
    ['a raw WebSocket', openRaw, 3.75],
    ['a connection of Socket.IO', openSocketIo, 13.5],
  ])('%s keeps nothing of the request that it came with', async (_name, openOne, limitKib) => {
    await open(openOne, BEFORE);
    const { heldBytes: before } = await measureMemory(server.nodes[0]);
    await open(openOne, CONNECTIONS);
    const { heldBytes: after } = await measureMemory(server.nodes[0]);
    const kib = (after - before) / CONNECTIONS / KIB;
    expect(kib).toBeLessThan(limitKib);
  });
});
