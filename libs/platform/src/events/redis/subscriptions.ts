import { Logger } from '@nestjs/common';
import { Mutex } from '../../mutex';
import type { RedisConnection } from '../../redis';
import type { Channels } from './channels';

/** Channels in one command: thousands must not hold up what else Redis has to do. */
const MAX_PER_COMMAND = 1000;

/**
 * Which topics this node follows, and its effort to have Redis know the same. Commands go one after the other, each for
 * all that has changed meanwhile; so a topic that is given up and taken again at the same time ends as it should.
 */
export class Subscriptions {
  private readonly logger = new Logger(Subscriptions.name);
  private readonly followers = new Map<string, number>();
  /** What Redis has confirmed, and was not told to end. */
  private readonly heard = new Set<string>();
  private readonly changed = new Set<string>();
  private readonly commands = new Mutex();
  /** The pass that has not begun: it takes up everything that changes until then. */
  private next: Promise<boolean> | undefined;

  constructor(
    private readonly connection: RedisConnection,
    private readonly channels: Channels,
  ) {
    connection.onDown(() => this.heard.clear());
  }

  /** Resolves when all of them are heard, or can't be. */
  async follow(topics: readonly string[]): Promise<void> {
    for (const topic of topics) {
      this.followers.set(topic, (this.followers.get(topic) ?? 0) + 1);
      this.changed.add(topic);
    }
    if (!topics.every((topic) => this.heard.has(topic))) await this.settle();
  }

  unfollow(topics: readonly string[]): void {
    for (const topic of topics) {
      const left = (this.followers.get(topic) ?? 0) - 1;
      if (left > 0) this.followers.set(topic, left);
      else this.followers.delete(topic);
      this.changed.add(topic);
    }
    void this.settle();
  }

  /**
   * On a fresh connection: takes up everything again, the common channel first.
   * @returns false if it was lost meanwhile
   * @throws what Redis says if it refuses the common channel; then the connection is dropped
   */
  async restore(): Promise<boolean> {
    this.heard.clear();
    this.changed.clear();
    for (const topic of this.followers.keys()) this.changed.add(topic);
    try {
      await this.connection.client.subscribe(this.channels.common);
    } catch (error) {
      if (this.connection.isUp) this.connection.drop('the common channel was refused');
      throw error;
    }
    return this.settle();
  }

  private settle(): Promise<boolean> {
    this.next ??= this.commands.run(() => {
      this.next = undefined;
      return this.attempt(() => this.pass());
    });
    return this.next;
  }

  private async pass(): Promise<void> {
    const changed = [...this.changed];
    this.changed.clear();
    // It will be taken up with everything else when the connection is back.
    if (!this.connection.isUp) return;
    const ended = changed.filter((topic) => !this.followers.has(topic) && this.heard.delete(topic));
    const begun = changed.filter((topic) => this.followers.has(topic) && !this.heard.has(topic));
    const { client } = this.connection;
    for (const topics of chunksOf(ended)) await client.unsubscribe(...topics.map((topic) => this.channels.of(topic)));
    for (const topics of chunksOf(begun)) {
      await client.subscribe(...topics.map((topic) => this.channels.of(topic)));
      for (const topic of topics) this.heard.add(topic);
    }
  }

  private async attempt(command: () => Promise<unknown>): Promise<boolean> {
    try {
      await command();
      return true;
    } catch (error) {
      if (this.connection.isUp) {
        this.logger.error({ err: error }, 'Redis refuses a subscription');
        this.connection.drop('a subscription was refused');
      }
      return false;
    }
  }
}

function chunksOf(topics: readonly string[]): string[][] {
  const count = Math.ceil(topics.length / MAX_PER_COMMAND);
  return Array.from({ length: count }, (_, n) => topics.slice(n * MAX_PER_COMMAND, (n + 1) * MAX_PER_COMMAND));
}
