import { EventEmitter } from 'node:events';
import { Metrics, ServiceBusy } from '@app/platform';
import { Kind, Pace } from '../../../apps/server/src/transport/pacing/pace';

const SLICE_MS = 0.5;
const MAX_WAITING = 5000;

interface Options {
  readonly kind?: Kind;
  readonly client?: EventEmitter;
  readonly costMs?: number;
}

/** Ends with the turn of the event loop that comes next. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('the pace at which newcomers begin', () => {
  let pace: Pace;
  let metrics: Metrics;
  let nowMs: number;
  let begun: string[];
  beforeEach(() => {
    metrics = new Metrics();
    pace = new Pace(metrics);
    nowMs = 0;
    begun = [];
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
  });
  afterEach(() => jest.restoreAllMocks());

  /** @param costMs how long it takes, of which the half comes after promises and a tick */
  const enter = (name: string, { kind = 'upgrade', client = new EventEmitter(), costMs = SLICE_MS }: Options = {}) => {
    const list = begun;
    pace.enter(kind, client, () => {
      list.push(name);
      nowMs += costMs / 2;
      void Promise.resolve()
        .then(() => undefined)
        .then(() => process.nextTick(() => (nowMs += costMs / 2)));
    });
  };
  const enterMany = (count: number, options: Options = {}) => {
    for (let n = 0; n < count; n++) enter(String(n), options);
  };
  const waiting = async (kind: Kind) =>
    (await metrics.waitingNewcomers.get()).values.find(({ labels }) => labels.kind === kind)?.value;

  it('begins at once on a server that has time', () => {
    enter('alone');
    expect(begun).toEqual(['alone']);
  });

  it('leaves a turn to others after each slice: what a newcomer does later in its turn counts', async () => {
    enterMany(10);
    for (let turn = 1; turn <= 10; turn++) {
      await nextTurn();
      // One has begun as it came, and one in each turn since.
      expect(begun.length).toBeLessThanOrEqual(turn + 1);
    }
    expect(begun).toHaveLength(10);
  });

  it('begins as many in one turn as fit into a slice, in the order in which they came', async () => {
    enterMany(20, { costMs: SLICE_MS / 4 });
    await nextTurn();
    await nextTurn();
    expect(begun.length).toBeGreaterThanOrEqual(8);
    expect(begun.length).toBeLessThan(20);
    expect(begun).toEqual(begun.map((_, n) => String(n)));
  });

  it('lets those who are half way in, and requests, pass a crowd that wants to connect', async () => {
    enterMany(100);
    enter('half way in', { kind: 'connect' });
    enter('request', { kind: 'request' });
    for (let turn = 0; turn < 4; turn++) await nextTurn();
    expect(begun).toEqual(expect.arrayContaining(['half way in', 'request']));
  });

  /** How many had begun by the end of each turn. */
  const begunInTurns = async (turns: number, inEach: () => void = () => undefined) => {
    const counts: number[] = [];
    for (let turn = 0; turn < turns; turn++) {
      inEach();
      await nextTurn();
      counts.push(begun.length);
    }
    return counts;
  };

  it('leaves two turns to a frame of who is in', async () => {
    enterMany(10);
    pace.giveWay();
    expect(await begunInTurns(5)).toEqual([1, 1, 2, 3, 4]);
  });

  it('goes on letting in when frames come without end', async () => {
    enterMany(10);
    expect(await begunInTurns(9, () => pace.giveWay())).toEqual([1, 1, 2, 2, 2, 3, 3, 3, 4]);
  });

  it('gives no long turns away', async () => {
    enterMany(10);
    const longTurn = () => {
      pace.giveWay();
      nowMs += 5;
    };
    expect(await begunInTurns(4, longTurn)).toEqual([1, 2, 3, 4]);
  });

  it('forgets who goes while waiting, and listens to nobody who has begun', async () => {
    const [leaver, stayer] = [new EventEmitter(), new EventEmitter()];
    enter('first');
    enter('leaver', { client: leaver });
    enter('stayer', { client: stayer });
    leaver.emit('close');
    expect(await waiting('upgrade')).toBe(1);
    for (let turn = 0; turn < 3; turn++) await nextTurn();
    expect(begun).toEqual(['first', 'stayer']);
    expect([leaver.listenerCount('close'), stayer.listenerCount('close')]).toEqual([0, 0]);
  });

  it('refuses who comes when too many of a kind wait, and no other kind', async () => {
    enterMany(MAX_WAITING + 1);
    expect(() => enter('one too many')).toThrow(ServiceBusy);
    expect(() => enter('another kind', { kind: 'request' })).not.toThrow();
    expect(await waiting('upgrade')).toBe(MAX_WAITING);
    expect((await metrics.refusedNewcomers.get()).values).toEqual([{ labels: { kind: 'upgrade' }, value: 1 }]);
  });

  it('goes on after one that failed', async () => {
    const fail = () => {
      throw new Error('on purpose');
    };
    expect(() => pace.enter('upgrade', new EventEmitter(), fail)).toThrow('on purpose');
    enter('next');
    await nextTurn();
    expect(begun).toEqual(['next']);
  });
});
