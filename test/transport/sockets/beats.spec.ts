import { BEAT_MS, Beats, Timed } from '../../../apps/server/src/transport/sockets/beats';

describe('what is due at beats', () => {
  let nowMs: number;
  let beats: Beats;
  let done: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    nowMs = 12_345;
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
    beats = new Beats();
    done = [];
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  const timed = (name: string, onBeat = () => {}): Timed => ({
    beat: undefined,
    onBeat: () => {
      done.push(name);
      onBeat();
    },
  });
  const pass = (ms: number): void => {
    for (let n = 0; n < ms; n++) {
      nowMs++;
      jest.advanceTimersByTime(1);
    }
  };

  it('is done once, never early, and at most a beat late', () => {
    beats.set(timed('it'), 1000);
    pass(999);
    expect(done).toEqual([]);
    pass(1 + BEAT_MS);
    expect(done).toEqual(['it']);
    pass(5000);
    expect(done).toEqual(['it']);
  });

  it('is done in one turn of the event loop', () => {
    const turns: number[] = [];
    for (let n = 0; n < 50; n++) {
      beats.set(
        timed('one', () => turns.push(nowMs)),
        1000 + n,
      );
    }
    pass(2000);
    expect([turns.length, new Set(turns).size]).toEqual([50, 1]);
  });

  it('is not done when it was cleared, also by another of its beat', () => {
    const [first, second, third] = [timed('first', () => beats.clear(second)), timed('second'), timed('third')];
    for (const one of [first, second, third]) beats.set(one, 1000);
    beats.clear(third);
    pass(2000);
    expect(done).toEqual(['first']);
  });

  it('has only the last of the times that were set for it', () => {
    const it = timed('it');
    beats.set(it, 1000);
    pass(500);
    beats.set(it, 1000);
    pass(999);
    expect(done).toEqual([]);
    pass(1 + BEAT_MS);
    expect(done).toEqual(['it']);
  });

  it('is made up for after a time in which the server was busy', () => {
    beats.set(timed('early'), 1000);
    beats.set(timed('late'), 3000);
    nowMs += 10_000;
    jest.runOnlyPendingTimers();
    expect(done).toEqual(['early', 'late']);
  });

  it('is done although another of its beat fails', () => {
    const fail = (): void => {
      throw new Error('failed');
    };
    beats.set(timed('failing', fail), 1000);
    beats.set(timed('next'), 1000);
    expect(() => pass(2000)).toThrow('failed');
    pass(2000);
    expect(done).toEqual(['failing', 'next']);
  });

  it('wakes nobody up when there is nothing', () => {
    beats.set(timed('it'), 1000);
    const cleared = timed('cleared');
    beats.set(cleared, 5000);
    beats.clear(cleared);
    pass(1000 + 3 * BEAT_MS);
    expect(jest.getTimerCount()).toBe(0);
    beats.set(timed('another'), 1000);
    pass(1000 + BEAT_MS);
    expect(done).toEqual(['it', 'another']);
  });

  it('keeps no process alive', () => {
    jest.useRealTimers();
    const before = process.getActiveResourcesInfo();
    const it = timed('it');
    beats.set(it, 60_000);
    expect(process.getActiveResourcesInfo()).toEqual(before);
    beats.clear(it);
  });
});
