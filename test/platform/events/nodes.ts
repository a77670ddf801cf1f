import { EventBus, Metrics, RedisEventBus, StoreProbes } from '@app/platform';
import { eventually, within } from '../../support/wait';
import { Closed, Opened, Said } from './event-bus.contract';

/** A bus as one node has it, and what is heard on it. */
export class Node {
  /** `said 3`, `opened 1`, `gap`, in the order of hearing. */
  readonly heard: string[] = [];
  readonly metrics = new Metrics();
  readonly probes = new StoreProbes();
  private opened: RedisEventBus | undefined;
  private readonly onNote = new Set<() => void>();

  static async open(url: string): Promise<Node> {
    const node = new Node();
    const bus = await RedisEventBus.open(url, node.metrics, node.probes);
    bus.on(Said, ({ n }) => node.note(`said ${n}`));
    bus.on(Opened, ({ chatId }) => node.note(`opened ${chatId}`));
    bus.on(Closed, ({ chatId }) => node.note(`closed ${chatId}`));
    bus.onGap(() => node.note('gap'));
    node.opened = bus;
    return node;
  }

  get bus(): EventBus {
    if (!this.opened) throw new Error('the node is not open');
    return this.opened;
  }

  say(chatId: number, ...numbers: number[]): void {
    for (const n of numbers) this.bus.publish(Said({ chatId, n }));
  }

  /** What it has heard, once that satisfies. */
  async until(holds: (heard: readonly string[]) => boolean, patienceMs = 5000): Promise<string[]> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const check = () => holds(this.heard) && resolve();
    this.onNote.add(check);
    check();
    await within(patienceMs, promise, () => `something else than ${this.heard.join(', ')}`);
    this.onNote.delete(check);
    return this.heard;
  }

  untilHeard(what: string, patienceMs?: number): Promise<string[]> {
    return this.until((heard) => heard.includes(what), patienceMs);
  }

  untilWhole(isWhole: boolean, patienceMs = 6000): Promise<boolean> {
    return eventually(
      async () => this.bus.isWhole,
      (is) => is === isWhole,
      patienceMs,
    );
  }

  async close(): Promise<void> {
    await this.opened?.onApplicationShutdown();
  }

  private note(what: string): void {
    this.heard.push(what);
    for (const check of this.onNote) check();
  }
}
