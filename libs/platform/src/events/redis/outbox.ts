import { Logger } from '@nestjs/common';
import type { Counter } from 'prom-client';
import type { RedisConnection } from '../../redis';
import type { DomainEvent } from '../event-bus';
import { writeMessage, writeSign } from './bus-message';
import type { Channels } from './channels';
import { pack, Packet } from './pack';

/** What Redis has been sent and not confirmed, at most. */
const MAX_UNCONFIRMED_BYTES = 16 * 1024 * 1024;
const RETRY_GAP_MS = 1000;

/**
 * Sends what this node publishes to Redis, in order, all of one turn in one write. It waits for nothing and keeps
 * nothing: what can't be sent, or was under way when Redis was lost, is given up, and the other nodes are told of
 * the gap as soon as they can be.
 */
export class Outbox {
  private readonly logger = new Logger(Outbox.name);
  private waiting: DomainEvent[] = [];
  private unconfirmedBytes = 0;
  /** From an overflow until everything is confirmed: one gap, not one for each event. */
  private isOverfull = false;
  private hasLost = false;
  private isClosed = false;
  private lastNumber = 0;
  private readonly confirmations = new Set<Promise<void>>();

  constructor(
    private readonly connection: RedisConnection,
    private readonly node: string,
    private readonly channels: Channels,
    private readonly dropped: Counter,
  ) {
    connection.onUp(() => this.tellGap());
  }

  /** The events leave at the end of this turn, after whoever published them has done what is local. */
  add(events: readonly DomainEvent[]): void {
    if (this.isClosed || events.length === 0) return;
    if (this.waiting.length === 0) setImmediate(() => this.flush());
    for (const event of events) this.waiting.push(event);
  }

  /** Tells the others that this node is there. */
  beat(): void {
    if (!this.connection.isUp || this.isClosed) return;
    this.publish([[this.channels.common, writeMessage(this.node, ++this.lastNumber, [])]], () => undefined);
  }

  /** Sends what waits, and a farewell; resolves when Redis has confirmed it, or after `timeoutMs`. Takes nothing afterwards. */
  async close(timeoutMs: number): Promise<void> {
    this.flush();
    this.isClosed = true;
    const farewell = writeSign(this.node, ++this.lastNumber, 'farewell');
    if (this.connection.isUp) this.publish([[this.channels.common, farewell]], () => undefined);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeoutMs)));
    await Promise.race([Promise.all(this.confirmations), late]);
    clearTimeout(timer);
  }

  private flush(): void {
    const events = this.waiting;
    this.waiting = [];
    if (events.length === 0) return;
    if (!this.connection.isUp || this.isOverfull) return this.lose(events.length);
    const packets = pack(events, (event, error) => {
      this.logger.error({ err: error, event: event.name }, 'an event is no plain data, and stays on this node');
    });
    const bytes = packets.reduce((sum, packet) => sum + packet.bytes, 0);
    if (this.unconfirmedBytes > 0 && this.unconfirmedBytes + bytes > MAX_UNCONFIRMED_BYTES) {
      this.isOverfull = true;
      return this.lose(events.length);
    }
    this.tellGap();
    this.send(packets, bytes, events.length);
  }

  private send(packets: readonly Packet[], bytes: number, events: number): void {
    const messages = packets.map((packet): [string, string] => {
      return [this.channels.of(packet.topic), writeMessage(this.node, ++this.lastNumber, packet.events)];
    });
    this.unconfirmedBytes += bytes;
    this.publish(messages, (isConfirmed) => {
      this.unconfirmedBytes -= bytes;
      if (!isConfirmed) this.lose(events);
      if (this.unconfirmedBytes > 0) return;
      this.isOverfull = false;
      this.tellGap();
    });
  }

  /** If there is one to tell: before anything else that is sent. */
  private tellGap(): void {
    if (!this.hasLost || !this.connection.isUp || this.isClosed) return;
    this.hasLost = false;
    this.publish([[this.channels.common, writeSign(this.node, ++this.lastNumber, 'gap')]], (isConfirmed) => {
      if (isConfirmed) return;
      this.hasLost = true;
      setTimeout(() => this.tellGap(), RETRY_GAP_MS).unref();
    });
  }

  private publish(messages: readonly [string, string][], settle: (isConfirmed: boolean) => void): void {
    const pipeline = this.connection.client.pipeline();
    for (const [channel, text] of messages) pipeline.publish(channel, text);
    const confirmation: Promise<void> = pipeline
      .exec()
      .then((replies) => replies?.every(([error]) => error === null) ?? false)
      .catch(() => false)
      .then(settle)
      .finally(() => this.confirmations.delete(confirmation));
    this.confirmations.add(confirmation);
  }

  private lose(events: number): void {
    this.dropped.inc(events);
    if (this.hasLost) return;
    this.hasLost = true;
    this.logger.warn('events do not reach the other nodes; they will be told to read the database');
  }
}
