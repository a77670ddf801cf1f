import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { RedisConnection } from '@app/platform';
import type { OwnPresence } from './own-presence';
import { PresenceOutbox } from './presence-outbox';
import type { Outcome, PresenceStore } from './presence-store';

const BEAT_MS = 5000;
const RETRY_MS = 1000;

/**
 * This node's place in the common state. It adds what it has under a name of its own, and beats; who stops beating
 * is cleared away by the others. What is not sure to have arrived is told anew, under a new name, and then the old
 * one is cleared away: so nobody seems to go who stays.
 */
export class PresencePlace {
  private readonly logger = new Logger(PresencePlace.name);
  private readonly formerNames = new Set<string>();
  private readonly beatTimer: NodeJS.Timeout;
  private retryTimer: NodeJS.Timeout | undefined;
  private current: PresenceOutbox | undefined;

  /**
   * @param tell what has become of the common state by what this node has said or cleared away
   * @param onTaken everything is said
   */
  constructor(
    private readonly connection: RedisConnection,
    private readonly store: PresenceStore,
    private readonly own: OwnPresence,
    private readonly tell: (outcome: Omit<Outcome, 'totals'>) => void,
    private readonly onTaken: () => void,
  ) {
    this.beatTimer = setInterval(() => void this.beat(), BEAT_MS).unref();
    connection.onUp(() => void this.take());
    connection.onDown(() => this.leave());
  }

  /** Where to say what changes here; undefined while Redis is down. */
  get outbox(): PresenceOutbox | undefined {
    return this.current;
  }

  stopTimers(): void {
    clearInterval(this.beatTimer);
    clearTimeout(this.retryTimer);
  }

  /** Leaves nothing behind. */
  async giveUp(): Promise<void> {
    await this.current?.drain();
    this.leave();
    await this.clearFormer();
  }

  private async take(): Promise<void> {
    clearTimeout(this.retryTimer);
    this.leave();
    const node = randomUUID();
    this.formerNames.add(node);
    try {
      await this.store.enter(node);
      // Another attempt was quicker.
      if (this.current) return;
      this.formerNames.delete(node);
      const outbox = new PresenceOutbox(this.store, node, this.tell, (error) => this.takeAnew(error));
      this.current = outbox;
      outbox.begin(this.own.listSteps());
      await outbox.drain();
      if (outbox !== this.current) return;
      await this.clearFormer();
      this.onTaken();
    } catch (error) {
      this.takeAnew(error);
    }
  }

  private leave(): void {
    if (!this.current) return;
    this.formerNames.add(this.current.node);
    this.current.end();
    this.current = undefined;
  }

  private takeAnew(error: unknown): void {
    this.leave();
    // A connection that is down says when it is up again.
    if (!this.connection.isUp) return;
    this.logger.warn({ err: error }, 'what is open here has to be told to Redis anew');
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => void this.take(), RETRY_MS).unref();
  }

  private async beat(): Promise<void> {
    const outbox = this.current;
    if (!outbox) return;
    try {
      const dead = await this.store.beat(outbox.node);
      if (dead) for (const node of dead) await this.clear(node);
      else if (outbox === this.current) this.takeAnew(new Error('the node was taken for dead'));
    } catch (error) {
      this.logger.warn({ err: error }, 'a sign of life did not reach Redis');
    }
  }

  private async clearFormer(): Promise<void> {
    for (const node of this.formerNames) {
      await this.clear(node);
      this.formerNames.delete(node);
    }
  }

  private async clear(node: string): Promise<void> {
    for (let isDone = false; !isDone;) {
      const cleared = await this.store.clear(node);
      this.tell({ ...cleared, came: [] });
      isDone = cleared.isDone;
    }
  }
}
