import { Inbox } from '../../../apps/server/src/transport/sockets/inbox';
import { TooManyFrames } from '../../../apps/server/src/transport/sockets/sockets.errors';

const AT_ONCE = 100;
const MOST = 1000;
const MAX_WAIT_MS = 2000;

/** Lets everything that is not waiting for a timer go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the inbox of a connection', () => {
  let inbox: Inbox;
  let isRead: boolean;
  /** What was begun, in this order; `answer` ends it. */
  let begun: { readonly frame: number; answer(): void }[];
  let answered: Map<number, string>;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    isRead = true;
    begun = [];
    answered = new Map();
    inbox = new Inbox({ pause: () => (isRead = false), resume: () => (isRead = true) });
  });
  afterEach(() => jest.useRealTimers());

  const receive = (frame: number): void => {
    const start = async () => ({
      answer: new Promise<string>((resolve) => begun.push({ frame, answer: () => resolve('done') })),
    });
    void inbox.receive(start).then(
      (answer) => answered.set(frame, answer),
      (error: { code: string }) => answered.set(frame, error.code),
    );
  };
  const receiveMany = (from: number, to: number) => {
    for (let frame = from; frame < to; frame++) receive(frame);
    return settle();
  };
  const numbersTo = (end: number) => Array.from({ length: end }, (_, n) => n);

  it('begins a hundred frames before the first is answered, and reads on', async () => {
    await receiveMany(0, AT_ONCE);
    expect(begun.map(({ frame }) => frame)).toEqual(numbersTo(AT_ONCE));
    expect(isRead).toBe(true);
  });

  it('begins more in their order as others are answered, and reads nothing until they all have begun', async () => {
    await receiveMany(0, AT_ONCE + 3);
    expect([begun.length, isRead]).toEqual([AT_ONCE, false]);
    begun[7]?.answer();
    begun[3]?.answer();
    await settle();
    expect([begun.length, isRead]).toEqual([AT_ONCE + 2, false]);
    begun[1]?.answer();
    await settle();
    expect(begun.map(({ frame }) => frame)).toEqual(numbersTo(AT_ONCE + 3));
    expect([...answered.keys()].sort()).toEqual([1, 3, 7]);
    expect(isRead).toBe(true);
  });

  it('lets none overtake, at whatever moment it comes', async () => {
    await receiveMany(0, AT_ONCE + 1);
    begun[0]?.answer();
    for (let frame = AT_ONCE + 1; frame < AT_ONCE + 20; frame++) {
      receive(frame);
      await Promise.resolve();
    }
    for (let n = 1; n < AT_ONCE; n++) begun[n]?.answer();
    await settle();
    expect(begun.map(({ frame }) => frame)).toEqual(numbersTo(AT_ONCE + 20));
  });

  it('refuses those that have waited for two seconds, does nothing of them, and reads on', async () => {
    await receiveMany(0, AT_ONCE + 2);
    jest.advanceTimersByTime(MAX_WAIT_MS - 1);
    receive(AT_ONCE + 2);
    await settle();
    expect(answered.size).toBe(0);
    jest.advanceTimersByTime(MAX_WAIT_MS / 4);
    await settle();
    expect(Object.fromEntries(answered)).toEqual({ 100: 'service.busy', 101: 'service.busy' });
    expect(isRead).toBe(false);
    jest.advanceTimersByTime(MAX_WAIT_MS);
    await settle();
    expect([answered.get(AT_ONCE + 2), isRead, begun.length]).toEqual(['service.busy', true, AT_ONCE]);
    expect(jest.getTimerCount()).toBe(0);
    begun.forEach(({ answer }) => answer());
    await receiveMany(200, 201);
    expect(begun.at(-1)?.frame).toBe(200);
  });

  it('goes on after frames that could not be begun', async () => {
    const fail = (): never => {
      throw new Error('not begun');
    };
    for (let frame = 0; frame < AT_ONCE; frame++) {
      await expect(inbox.receive(frame % 2 === 0 ? fail : async () => fail())).rejects.toThrow('not begun');
    }
    await receiveMany(0, AT_ONCE);
    expect(begun).toHaveLength(AT_ONCE);
  });

  it('keeps a thousand at most', async () => {
    await receiveMany(0, MOST + 1);
    expect(Object.fromEntries(answered)).toEqual({ [MOST]: new TooManyFrames(MOST).code });
  });
});
