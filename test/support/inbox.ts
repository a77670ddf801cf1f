import type { Frame } from './wire';

export type Where = (frame: Frame) => boolean;

const PATIENCE_MS = 8000;
const SHOWN_FRAMES = 30;

interface Waiter {
  accept: (frame: Frame) => boolean;
  fail: (why: string) => void;
}

/** What one socket has received, in order. Each frame answers at most one `waitFor`. */
export class Inbox {
  readonly frames: Frame[] = [];
  private readonly taken = new Set<Frame>();
  private readonly waiters = new Set<Waiter>();
  private readonly followers: ((frame: Frame) => void)[] = [];
  private ended: string | undefined;

  constructor(private readonly name: string) {}

  add(frame: Frame): void {
    this.frames.push(frame);
    for (const follower of this.followers) follower(frame);
    for (const waiter of this.waiters) {
      if (waiter.accept(frame)) return;
    }
  }

  /** Calls back for every frame: first for those that are here, then for each that comes. */
  follow(follower: (frame: Frame) => void): void {
    this.frames.forEach(follower);
    this.followers.push(follower);
  }

  /** Nothing will come any more: whoever waits is told. */
  end(why: string): void {
    this.ended = why;
    for (const waiter of [...this.waiters]) waiter.fail(why);
  }

  /** The first frame of this type (or of one of these) that nobody has taken yet; fails with what came instead. */
  waitFor(type: string | string[], where: Where = () => true, patienceMs = PATIENCE_MS): Promise<Frame> {
    const types = [type].flat();
    const matches: Where = (frame) => types.includes(frame.type) && !this.taken.has(frame) && where(frame);
    const found = this.frames.find(matches);
    if (found) {
      this.taken.add(found);
      return Promise.resolve(found);
    }
    return new Promise((resolve, reject) => this.wait(types.join(' or '), matches, patienceMs, resolve, reject));
  }

  /**
   * For what must not come: everything that came after `mark` frames, up to the one that is waited for.
   * Cause that one last, so that whatever should have stayed away would have come before it.
   */
  async until(mark: number, type: string, where?: Where): Promise<Frame[]> {
    const last = await this.waitFor(type, where);
    return this.frames.slice(mark, this.frames.indexOf(last) + 1);
  }

  of(type: string): Frame[] {
    return this.frames.filter((frame) => frame.type === type);
  }

  /** Forgets what has come so far. */
  clear(): void {
    this.frames.length = 0;
    this.taken.clear();
  }

  private wait(
    type: string,
    matches: Where,
    patienceMs: number,
    resolve: (frame: Frame) => void,
    reject: (error: Error) => void,
  ): void {
    const settle = () => {
      clearTimeout(timer);
      this.waiters.delete(waiter);
    };
    const waiter: Waiter = {
      accept: (frame) => {
        if (!matches(frame)) return false;
        this.taken.add(frame);
        settle();
        resolve(frame);
        return true;
      },
      fail: (why) => {
        settle();
        reject(new Error(`${this.name}: no ${type} came (${why}); received:\n${this.shown()}`));
      },
    };
    const timer = setTimeout(() => waiter.fail(`waited ${patienceMs} ms`), patienceMs);
    if (this.ended !== undefined) waiter.fail(this.ended);
    else this.waiters.add(waiter);
  }

  private shown(): string {
    const shown = this.frames.slice(-SHOWN_FRAMES).map((frame) => '  ' + JSON.stringify(frame).slice(0, 300));
    return shown.join('\n') || '  nothing';
  }
}
