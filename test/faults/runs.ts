import { expectStatus } from '../support/api';
import type { Person } from '../support/people';
import { LiveSocket, openSocketIo } from '../support/sockets';
import { eventually } from '../support/wait';
import type { Chat } from '../support/wire';
import type { FaultyCluster } from './faulty-cluster';
import { Load } from './load';
import { judge, sum, Verdict } from './verdict';

const BEFORE = 30;
const AFTER = 30;
const STARTS_WITHIN_MS = 60_000;
/** Everything recovers by itself within 15 seconds of its cause's end. */
const RECOVERS_WITHIN_MS = 15_000;

/** One run: writers write, something happens to them, and they go on. */
export async function runUnderLoad(cluster: FaultyCluster, disturb: () => Promise<void>): Promise<Verdict> {
  const load = await Load.prepare(cluster);
  await writeThrough(load, disturb);
  return judge(load.ledger, readerOf(load), load.chatIds);
}

/**
 * The same for what leaves the nodes and their sockets alive: whoever is connected, at whichever node, hears of every
 * change in the end, without asking.
 */
export async function runWithListeners(cluster: FaultyCluster, disturb: () => Promise<void>): Promise<Verdict> {
  const load = await Load.prepare(cluster);
  const sockets = await Promise.all(load.people.map((person) => openSocketIo(person.server, person)));
  await writeThrough(load, disturb);
  for (const chatId of load.chatIds) {
    const { last_seq } = expectStatus(await readerOf(load).api.get<Chat>(`/chats/${chatId}`), 200);
    for (const socket of sockets) await expectHeard(socket, chatId, last_seq);
  }
  await Promise.all(sockets.map((socket) => socket.close()));
  return judge(load.ledger, readerOf(load), load.chatIds);
}

/** Runs on one cluster, one after the other. */
export async function repeat(cluster: FaultyCluster, times: number, run: () => Promise<Verdict>): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  for (let n = 0; n < times; n++) {
    await cluster.makeRoom();
    verdicts.push(await run());
  }
  return sum(verdicts);
}

async function writeThrough(load: Load, disturb: () => Promise<void>): Promise<void> {
  load.begin();
  await load.more(BEFORE, STARTS_WITHIN_MS);
  await disturb();
  await load.more(AFTER, RECOVERS_WITHIN_MS);
  await load.end();
}

function readerOf({ people: [reader] }: Load): Person {
  if (!reader) throw new Error('there is nobody to read');
  return reader;
}

async function expectHeard({ inbox }: LiveSocket, chatId: number, last: number): Promise<void> {
  const listMissed = async () => {
    const heard = new Set(inbox.frames.filter((frame) => frame.chat_id === chatId).map(({ seq }) => seq));
    return Array.from({ length: last }, (_, n) => n + 1).filter((seq) => !heard.has(seq));
  };
  const missed = await eventually(listMissed, (numbers) => numbers.length === 0, RECOVERS_WITHIN_MS);
  if (missed.length > 0) throw new Error(`a socket never heard of ${missed.join(', ')} of 1 to ${last}`);
}
