import { Metrics, ServiceBusy } from '@app/platform';
import type { PendingWrite } from './commit-of-writes';

/** Writes that wait at most; more are refused, so that an overload can't grow the server. */
const MAX_WAITING = 10_000;
/** A write waits no longer than this for its commit to begin: its caller is told to come back, and nothing of it was done. */
const MAX_WAIT_MS = 2000;
const LOOK_EVERY_MS = 250;

interface Entry {
  readonly write: PendingWrite;
  readonly sinceMs: number;
}

/** The writes that wait for their commit, in the order in which they were asked for. Bounded in number and in time. */
export class WriteQueue {
  private readonly entries: Entry[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly metrics: Metrics) {}

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** @throws ServiceBusy when too many wait */
  push(write: PendingWrite): void {
    if (this.entries.length >= MAX_WAITING) {
      this.metrics.refusedWrites.inc({ reason: 'full' });
      throw new ServiceBusy(`The server is behind by ${MAX_WAITING} writes; try again in a moment.`);
    }
    this.entries.push({ write, sinceMs: performance.now() });
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  /** The next ones, at most `limit`. */
  take(limit: number): PendingWrite[] {
    this.refuseLate();
    const taken = this.entries.splice(0, limit);
    this.noteWait('commit', taken);
    this.noteLength();
    return taken.map(({ write }) => write);
  }

  /** Gives all who wait the same answer. @returns how many there were */
  refuseAll(error: ServiceBusy): number {
    const refused = this.entries.splice(0);
    this.metrics.refusedWrites.inc({ reason: 'store' }, refused.length);
    this.noteLength();
    for (const { write } of refused) write.reject(error);
    return refused.length;
  }

  /** The length that is shown is no older than this. */
  private look(): void {
    this.refuseLate();
    this.noteLength();
  }

  private refuseLate(): void {
    const latest = performance.now() - MAX_WAIT_MS;
    const firstInTime = this.entries.findIndex(({ sinceMs }) => sinceMs > latest);
    const late = this.entries.splice(0, firstInTime === -1 ? this.entries.length : firstInTime);
    if (late.length === 0) return;
    this.metrics.refusedWrites.inc({ reason: 'late' }, late.length);
    this.noteWait('refusal', late);
    for (const { write } of late) {
      write.reject(new ServiceBusy(`The server is behind by more than ${MAX_WAIT_MS} ms; try again in a moment.`, 2));
    }
  }

  private noteWait(outcome: 'commit' | 'refusal', [first]: readonly Entry[]): void {
    if (first) this.metrics.writeWait.observe({ outcome }, (performance.now() - first.sinceMs) / 1000);
  }

  private noteLength(): void {
    this.metrics.pendingWrites.set(this.entries.length);
    if (!this.isEmpty) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
