import { randomUUID } from 'node:crypto';
import { Logger, OnApplicationShutdown } from '@nestjs/common';
import { StoreUnreachable } from '../../errors';
import type { StoreProbes } from '../../health';
import type { Metrics } from '../../metrics';
import { RedisConnection, showRedisAddress } from '../../redis';
import { DomainEvent, EventBus, EventHandler, EventType } from '../event-bus';
import { LocalEventBus } from '../local-event-bus';
import { Channels } from './channels';
import { Inbox } from './inbox';
import { Outbox } from './outbox';
import { BEAT_MS, Peers } from './peers';
import { Subscriptions } from './subscriptions';

/** How long the end of the server waits for what is still on its way to the other nodes. */
const FAREWELL_MS = 1000;

/** The bus of several nodes, over Redis' publish and subscribe. On this node it is the bus of a single one. */
export class RedisEventBus extends EventBus implements OnApplicationShutdown {
  private readonly logger = new Logger(RedisEventBus.name);
  private readonly local = new LocalEventBus();
  private readonly gapHandlers: (() => void)[] = [];
  private readonly sender: RedisConnection;
  private readonly listener: RedisConnection;
  private readonly outbox: Outbox;
  private readonly subscriptions: Subscriptions;
  private readonly peers = new Peers(() => this.tellGap());
  private beat: NodeJS.Timeout | undefined;
  private isHearing = false;

  private constructor(
    url: string,
    private readonly metrics: Metrics,
  ) {
    super();
    const node = randomUUID();
    this.sender = new RedisConnection(url, 'bus-out');
    this.listener = new RedisConnection(url, 'bus-in');
    const channels = new Channels(this.sender.client.options.db ?? 0);
    this.outbox = new Outbox(this.sender, node, channels, metrics.busDropped);
    this.subscriptions = new Subscriptions(this.listener, channels);
    const inbox = new Inbox(node, {
      onEvents: (events) => this.local.publish(...events),
      onGap: () => this.tellGap(),
      onSign: (sender, isLeaving) => this.peers.heard(sender, isLeaving),
    });
    this.listener.client.on('message', (_channel, text) => inbox.receive(text));
    for (const connection of [this.sender, this.listener]) {
      connection.onUp(() => this.showState());
      connection.onDown(() => this.showState());
    }
  }

  /**
   * Resolves when it hears the other nodes.
   * @throws StoreUnreachable if Redis is not there
   */
  static async open(url: string, metrics: Metrics, probes: StoreProbes): Promise<RedisEventBus> {
    const bus = new RedisEventBus(url, metrics);
    await bus.connect(url);
    probes.add({ name: 'bus', kind: 'Redis', isVital: false, ask: () => bus.ask() });
    return bus;
  }

  publish(...events: readonly DomainEvent[]): void {
    // First: what handlers publish in answer comes after this, for the other nodes too.
    this.outbox.add(events);
    this.local.publish(...events);
  }

  on<Data>(type: EventType<Data>, handler: EventHandler<Data>): void {
    this.local.on(type, handler);
  }

  follow(topics: readonly string[]): Promise<void> {
    return this.subscriptions.follow(topics);
  }

  unfollow(topics: readonly string[]): void {
    this.subscriptions.unfollow(topics);
  }

  onGap(handler: () => void): void {
    this.gapHandlers.push(handler);
  }

  get isWhole(): boolean {
    return this.isHearing && this.peers.areHeard;
  }

  /** Sends what is on its way, for a second at most, and leaves. By now the chat log is drained. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.beat);
    await this.outbox.close(FAREWELL_MS);
    this.sender.close();
    this.listener.close();
  }

  private async connect(url: string): Promise<void> {
    try {
      await Promise.all([this.sender.open(), this.listener.open()]);
      await this.subscriptions.restore();
    } catch (error) {
      this.sender.close();
      this.listener.close();
      throw error instanceof StoreUnreachable ? error : new StoreUnreachable('REDIS_URL', showRedisAddress(url), error);
    }
    this.isHearing = true;
    this.outbox.beat();
    this.beat = setInterval(() => this.keepTouch(), BEAT_MS).unref();
    this.listener.onUp(() => void this.recover());
    this.listener.onDown(() => this.deafen());
    this.showState();
  }

  private keepTouch(): void {
    this.outbox.beat();
    if (this.isHearing) this.peers.check();
  }

  private async recover(): Promise<void> {
    if (!(await this.subscriptions.restore().catch(() => false))) return;
    this.peers.startAnew();
    this.isHearing = true;
    this.showState();
    this.tellGap();
  }

  private deafen(): void {
    if (!this.isHearing) return;
    this.isHearing = false;
    this.tellGap();
  }

  private tellGap(): void {
    for (const handler of this.gapHandlers) {
      try {
        handler();
      } catch (error) {
        this.logger.error({ err: error }, 'a handler of gaps failed');
      }
    }
  }

  private showState(): void {
    this.metrics.busUp.set(this.isHearing && this.sender.isUp ? 1 : 0);
  }

  /** A sign of life, for `/health`. */
  private async ask(): Promise<void> {
    if (!this.isHearing) throw new Error('the other nodes are not heard');
    await Promise.all([this.sender.client.ping(), this.listener.client.ping()]);
  }
}
