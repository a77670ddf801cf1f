import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { Heartbeat } from '../../../../apps/server/src/dialects/v1/ws/heartbeat';

const LONGEST_SILENCE_MS = 45_000;
const EVERY_MS = 20_000;
const BEAT_MS = 100;

/** A socket that tells when it was pinged and dropped, and the bytes that came from it. */
class Watched extends EventEmitter {
  readonly pingedAt: number[] = [];
  droppedAt: number | undefined;
  readonly tcp = { bytesRead: 0 };

  ping(): void {
    this.pingedAt.push(performance.now());
  }

  terminate(): void {
    this.droppedAt = performance.now();
    this.emit('close');
  }
}

describe('the heartbeat of raw WebSockets', () => {
  let heartbeat: Heartbeat;

  beforeEach(() => {
    jest.useFakeTimers();
    heartbeat = new Heartbeat();
  });
  afterEach(() => jest.useRealTimers());

  const watch = (): Watched => {
    const watched = new Watched();
    heartbeat.watch(watched as unknown as WebSocket, watched.tcp);
    return watched;
  };

  it('pings everyone every 20 seconds, each in its own time', () => {
    const everyone = Array.from({ length: 20 }, () => {
      jest.advanceTimersByTime(EVERY_MS / 20);
      const one = watch();
      one.ping = function () {
        Watched.prototype.ping.call(this);
        this.tcp.bytesRead += 6;
      };
      return { one, from: performance.now() };
    });
    jest.advanceTimersByTime(3 * EVERY_MS);
    for (const { one, from } of everyone) {
      const gaps = one.pingedAt.slice(0, 2).map((at, index) => at - (one.pingedAt[index - 1] ?? from));
      for (const gap of gaps) {
        expect(gap).toBeGreaterThanOrEqual(EVERY_MS);
        expect(gap).toBeLessThanOrEqual(EVERY_MS + 2 * BEAT_MS);
      }
    }
    const first = everyone.map(({ one }) => one.pingedAt[0]);
    expect(new Set(first).size).toBe(everyone.length);
  });

  it('drops one of which nothing more comes, after the ping and in time', () => {
    const one = watch();
    jest.advanceTimersByTime(EVERY_MS + 2 * BEAT_MS);
    // The last that is heard of it, and then the longest way to go.
    one.tcp.bytesRead += 6;
    const fellSilentAt = performance.now();
    jest.advanceTimersByTime(EVERY_MS);
    expect(one.droppedAt).toBeUndefined();
    jest.advanceTimersByTime(LONGEST_SILENCE_MS);
    expect((one.droppedAt ?? Infinity) - fellSilentAt).toBeLessThan(LONGEST_SILENCE_MS);
  });

  it('keeps one that answers no ping, as long as anything comes from it', () => {
    const one = watch();
    for (let seconds = 0; seconds < 120; seconds += 10) {
      one.tcp.bytesRead += 1;
      jest.advanceTimersByTime(10_000);
    }
    expect(one.droppedAt).toBeUndefined();
  });

  it('forgets one that closes', () => {
    const one = watch();
    one.emit('close');
    jest.advanceTimersByTime(3 * EVERY_MS);
    expect([one.pingedAt, jest.getTimerCount()]).toEqual([[], 0]);
  });
});
