import { Agent, get } from 'node:http';
import { json } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { yieldCore } from '../servers/cores.mts';
import type { Done, Order } from './crowd.mts';
import type { Room } from './flood.mts';
import { LightSocketIo } from './light-socket-io.mts';
import { connectGroups, disconnect, type Group } from './people.mts';

const PAGE = 100;

interface Changes {
  readonly changes: readonly { readonly seq: number }[];
  readonly last_seq: number;
}

/** Each of a thousand has a connection of its own. */
const agent = new Agent({ keepAlive: false, maxSockets: Infinity });

let url = '';
let groups: readonly Group[] = [];
let rooms: readonly Room[] = [];

async function readChanges(chatId: number, token: string | undefined, after: number, limit: number): Promise<Changes> {
  const path = `${url}/api/v1/chats/${chatId}/changes?after=${after}&limit=${limit}`;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(path, { agent, headers: { authorization: `Bearer ${token}` } }, resolve).on('error', reject);
  });
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode}`);
  return (await json(response)) as Changes;
}

/** @throws if somebody is not told all that was missed, in order */
async function comeBack({ chatId, people }: Group, missed: number, lastSeq: number): Promise<Room> {
  const after = lastSeq - missed;
  const members = people.map(async ({ token }) => {
    const socket = await LightSocketIo.open(url, { token });
    const { changes } = await readChanges(chatId, token, after, PAGE);
    const isComplete = changes.length === missed && changes.every(({ seq }, index) => seq === after + 1 + index);
    if (!isComplete) throw new Error(`${changes.length} changes after ${after} came instead of ${missed} in order`);
    return socket;
  });
  return { chatId, members: await Promise.all(members) };
}

/** @returns how long it took, in ms */
async function carryOut(order: Order): Promise<number> {
  if (order.do === 'leave') {
    disconnect(rooms);
    return 0;
  }
  if (order.do === 'connect') {
    ({ url, groups } = order);
    rooms = await connectGroups(groups, 'Socket.IO', url);
    return 0;
  }
  const lastSeqs = await Promise.all(
    groups.map(async ({ chatId, people }) => (await readChanges(chatId, people[0]?.token, 0, 1)).last_seq),
  );
  const startedAt = performance.now();
  rooms = await Promise.all(groups.map((group, index) => comeBack(group, order.missed, lastSeqs[index] ?? NaN)));
  return performance.now() - startedAt;
}

// Who measures shares the core, and goes first.
yieldCore();

process.on('message', (order: Order) => {
  carryOut(order).then(
    (ms) => process.send?.({ seconds: ms / 1000 } satisfies Done),
    (error: unknown) => process.send?.({ error: String(error) } satisfies Done),
  );
});
// Who started it is gone.
process.on('disconnect', () => process.exit());
