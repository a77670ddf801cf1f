import { DomainEvent, LocalEventBus } from '@app/platform';
import { CameOnline, ChatHint, WentOffline } from '@app/realtime';
import { GatheredHints } from '../../../libs/realtime/src/presence/gathered-hints';

const EVERY_MS = 100;
const MAX_WAITING = 1000;

describe('who came and who went', () => {
  let hints: GatheredHints;
  /** The people of each publication. */
  let told: number[][];
  beforeEach(() => {
    jest.useFakeTimers();
    const bus = new LocalEventBus();
    told = [];
    bus.publish = (...events: readonly DomainEvent[]) => {
      told.push(events.map(({ data }) => (data as ChatHint).userId));
    };
    hints = new GatheredHints(bus);
  });
  afterEach(() => jest.useRealTimers());

  const come = (userId: number, chatId = 1) => hints.publish([CameOnline({ chatId, userId, at: new Date() })]);
  const go = (userId: number) => hints.publish([WentOffline({ chatId: 1, userId, at: new Date() })]);

  it('is told at once when little happens', () => {
    come(1);
    jest.advanceTimersByTime(EVERY_MS);
    go(1);
    expect(told).toEqual([[1], [1]]);
  });

  it('is told together, and in order, when much happens', () => {
    for (const userId of [1, 2, 3]) come(userId);
    go(2);
    expect(told).toEqual([[1]]);
    jest.advanceTimersByTime(EVERY_MS);
    expect(told).toEqual([[1], [2, 3, 2]]);
  });

  it('is told of one chat after the other', () => {
    const chatIds = Array.from({ length: 10 }, (_, chatId) => chatId);
    for (const userId of [1, 2]) for (const chatId of chatIds) come(userId, chatId);
    const tellings = chatIds.map(() => {
      jest.advanceTimersByTime(EVERY_MS / chatIds.length);
      return told.length;
    });
    expect(tellings).toEqual(chatIds.map((_, n) => chatIds.length + n + 1));
  });

  it('is told when a thousand wait', () => {
    for (let userId = 0; userId <= MAX_WAITING; userId++) come(userId);
    expect(told.map(({ length }) => length)).toEqual([1, MAX_WAITING]);
  });
});
