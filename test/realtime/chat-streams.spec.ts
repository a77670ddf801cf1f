import { Logger } from '@nestjs/common';
import { ChatsRepository } from '@app/chats';
import { ChangesOfChat, MessageBodyMissing } from '@app/messages';
import { EventBus, LocalEventBus, Metrics } from '@app/platform';
import fc from 'fast-check';
import { Change } from '../../libs/realtime/src/streams/chat-stream';
import { ChatStreams } from '../../libs/realtime/src/streams/chat-streams';
import { HoleFiller } from '../../libs/realtime/src/streams/hole-filler';

const CHAT = 7;
const LONG_MS = 60_000;

function change(seq: number): Change {
  return { name: 'test.change', data: { chatId: CHAT, seq, at: new Date(0) } };
}

/** The streams of one node over a log in memory, with listeners that note what they are told. */
class Node {
  committed = 0;
  reads = 0;
  readError: Error | undefined;
  isAnswering = true;
  readonly listeners: { readonly from: number; readonly heard: number[] }[] = [];
  readonly streams: ChatStreams;

  constructor(bus: EventBus = new LocalEventBus()) {
    const chats = { findPositions: async () => new Map([[CHAT, this.requireAnswer(this.committed)]]) };
    const changes = { readAfter: async (_chatId: number, after: number, limit: number) => this.read(after, limit) };
    const filler = new HoleFiller(changes as unknown as ChangesOfChat, new Metrics());
    this.streams = new ChatStreams(bus, chats as unknown as ChatsRepository, filler);
    this.streams.onChange(({ data }) => this.listeners.forEach(({ heard }) => heard.push(data.seq)));
  }

  /** As a connection does: follows, reads how far the chat is, and hears from there on. */
  async join(): Promise<void> {
    this.streams.hold([CHAT]);
    await this.streams.whenFollowed([CHAT]);
    const read = this.committed;
    await Promise.resolve();
    const stream = this.streams.get(CHAT);
    stream.reached(read);
    stream.addListener();
    this.listeners.push({ from: stream.lastSeq, heard: [] });
  }

  leave(): void {
    if (!this.listeners.pop()) return;
    this.streams.get(CHAT).removeListener();
    this.streams.release([CHAT]);
  }

  hear(seq: number): void {
    this.streams.find(CHAT)?.accept(change(seq));
  }

  /** What every listener should have been told, and was. */
  get told(): { expected: number[]; heard: number[] }[] {
    return this.listeners.map(({ from, heard }) => ({ expected: numbers(from + 1, this.committed), heard }));
  }

  private read(after: number, limit: number): { changes: Change[]; lastSeq: number; more: boolean } {
    this.reads++;
    if (this.readError) throw this.readError;
    const seqs = numbers(after + 1, Math.min(this.requireAnswer(this.committed), after + limit));
    return { changes: seqs.map(change), lastSeq: this.committed, more: after + limit < this.committed };
  }

  private requireAnswer<Value>(value: Value): Value {
    if (!this.isAnswering) throw new Error('the database is down');
    return value;
  }
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** What may happen to a node: `hear` brings any committed change, however late, early or often. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('commit' as const), isHeard: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('hear' as const), place: fc.double({ min: 0, max: 1, noNaN: true }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 400 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('join' as const, 'leave' as const, 'fail' as const) }) },
);

async function take(node: Node, given: typeof step extends fc.Arbitrary<infer Step> ? Step : never): Promise<void> {
  if (given.do === 'commit') {
    node.committed++;
    if (given.isHeard) node.hear(node.committed);
  } else if (given.do === 'hear') {
    if (node.committed > 0) node.hear(1 + Math.floor(given.place * (node.committed - 1)));
  } else if (given.do === 'wait') await jest.advanceTimersByTimeAsync(given.ms);
  else if (given.do === 'join') await node.join();
  else if (given.do === 'leave') node.leave();
  else node.isAnswering = !node.isAnswering;
}

describe('the changes of a chat', () => {
  let node: Node;

  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  beforeEach(async () => {
    jest.useFakeTimers();
    node = new Node();
    node.committed = 10;
    await node.join();
  });
  afterEach(() => jest.useRealTimers());

  const commit = (count: number): void => void (node.committed += count);

  it('are told once and in order to all who listen, whatever the bus loses, repeats and reorders', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const some = new Node();
        await some.join();
        for (const given of steps) await take(some, given);
        some.isAnswering = true;
        some.streams.catchUp([CHAT]);
        await jest.advanceTimersByTimeAsync(LONG_MS);
        for (const { expected, heard } of some.told) expect(heard).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('are told at once, and nothing is read, as long as none is missing', async () => {
    commit(3);
    for (const seq of [11, 12, 13]) node.hear(seq);
    expect(node.listeners[0]?.heard).toEqual([11, 12, 13]);
    await jest.advanceTimersByTimeAsync(LONG_MS);
    expect(node.reads).toBe(0);
  });

  it('that overtake each other are told in order, and nothing is read', async () => {
    commit(3);
    for (const seq of [13, 12]) node.hear(seq);
    expect(node.listeners[0]?.heard).toEqual([]);
    await jest.advanceTimersByTimeAsync(30);
    node.hear(11);
    expect(node.listeners[0]?.heard).toEqual([11, 12, 13]);
    await jest.advanceTimersByTimeAsync(LONG_MS);
    expect(node.reads).toBe(0);
  });

  it('that do not come are read soon', async () => {
    commit(2);
    node.hear(12);
    await jest.advanceTimersByTimeAsync(200);
    expect(node.listeners[0]?.heard).toEqual([11, 12]);
  });

  it('are read page by page after an outage, while the chat goes on', async () => {
    commit(450);
    node.streams.catchUp([CHAT]);
    for (let seq = 461; seq <= 700; seq++) {
      commit(1);
      node.hear(seq);
    }
    await jest.advanceTimersByTimeAsync(LONG_MS);
    expect(node.listeners[0]?.heard).toEqual(numbers(11, 700));
  });

  it('are waited for as long as the database is down', async () => {
    node.isAnswering = false;
    commit(2);
    node.streams.catchUp([CHAT]);
    await jest.advanceTimersByTimeAsync(10 * LONG_MS);
    expect(node.listeners[0]?.heard).toEqual([]);
    node.isAnswering = true;
    await jest.advanceTimersByTimeAsync(6000);
    expect(node.listeners[0]?.heard).toEqual([11, 12]);
  });

  it('do not wait for ever for one whose text is lost', async () => {
    node.readError = new MessageBodyMissing(1);
    commit(2);
    node.hear(12);
    await jest.advanceTimersByTimeAsync(LONG_MS);
    expect(node.listeners[0]?.heard).toEqual([12]);
    commit(1);
    node.hear(13);
    expect(node.listeners[0]?.heard).toEqual([12, 13]);
  });

  it('are followed on the bus from the first who needs them to the last', async () => {
    const bus = new LocalEventBus();
    const log: string[] = [];
    jest.spyOn(bus, 'follow').mockImplementation(async (...topics) => void log.push(`follow ${topics.join()}`));
    jest.spyOn(bus, 'unfollow').mockImplementation((...topics) => void log.push(`unfollow ${topics.join()}`));
    const { streams } = new Node(bus);
    streams.hold([1, 2]);
    streams.hold([2, 3]);
    streams.release([1, 2]);
    streams.release([2, 3]);
    expect(log).toEqual(['follow chat:1,chat:2', 'follow chat:3', 'unfollow chat:1', 'unfollow chat:2,chat:3']);
  });
});

it('commits of one node that overtake a change of another wait for it, and the database is not asked', async () => {
  const node = new Node();
  await node.join();
  node.committed = 1001;
  for (const seq of numbers(2, 1001)) node.hear(seq);
  node.hear(1);
  expect(node.listeners[0]?.heard).toEqual(numbers(1, 1001));
  expect(node.reads).toBe(0);
});

it('reads only what is missing, and not what waits behind it', async () => {
  const node = new Node();
  await node.join();
  node.committed = 50;
  const sizes: number[] = [];
  const stream = node.streams.get(CHAT);
  for (const seq of numbers(4, 50)) {
    node.hear(seq);
    sizes.push(stream.holeSize);
  }
  expect(new Set(sizes)).toEqual(new Set([3]));
});
