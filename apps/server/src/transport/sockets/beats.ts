/** A turn of the event loop for all who are due in it costs far less than a turn for each. */
export const BEAT_MS = 100;

export interface Timed {
  /** Where it is found again; kept by {@link Beats}. */
  beat: number | undefined;
  onBeat(): void;
}

/**
 * A timer for thousands who need no exact time: those due within {@link BEAT_MS} have their turn together, never early
 * and at most that much late. Nothing is done for the others, nothing at all when there are none, and no process is
 * kept alive.
 */
export class Beats {
  private readonly waiting = new Map<number, Set<Timed>>();
  private last = 0;
  private timer: NodeJS.Timeout | undefined;

  /** Once, and in place of what was set before. */
  set(one: Timed, delayMs: number): void {
    this.clear(one);
    const now = performance.now();
    one.beat = Math.ceil((now + delayMs) / BEAT_MS);
    const others = this.waiting.get(one.beat);
    if (others) others.add(one);
    else this.waiting.set(one.beat, new Set([one]));
    if (this.timer) return;
    this.last = Math.floor(now / BEAT_MS);
    this.wait(now);
  }

  clear(one: Timed): void {
    if (one.beat === undefined) return;
    const others = this.waiting.get(one.beat);
    others?.delete(one);
    if (others?.size === 0) this.waiting.delete(one.beat);
    one.beat = undefined;
  }

  private wait(now: number): void {
    const untilNext = BEAT_MS - (now % BEAT_MS);
    this.timer = setTimeout(() => this.beat(), Math.ceil(untilNext)).unref();
  }

  private beat(): void {
    const now = performance.now();
    if (this.waiting.size > 0) this.wait(now);
    else this.timer = undefined;
    // Several, if the server had no time. Who fails takes no other's turn: the next beat goes on where this one ended.
    for (; this.last < Math.floor(now / BEAT_MS); this.last++) {
      for (const one of this.waiting.get(this.last + 1) ?? []) {
        this.clear(one);
        one.onBeat();
      }
    }
  }
}
