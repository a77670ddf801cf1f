import { Injectable, OnModuleDestroy } from '@nestjs/common';
import { Clock, EventBus } from '@app/platform';
import { Connections } from './connections';
import { LiveConnection } from './live-connection';
import { ChatNotHeard } from './realtime.errors';
import { TypingStarted, TypingStopped } from './realtime.events';

/** A start that is not renewed stops by itself after this. */
const TYPING_TIMEOUT_MS = 6000;
/** How often other nodes are told that a start was renewed, at most. */
const RENEW_EVERY_MS = 3000;

interface Running {
  readonly timer: NodeJS.Timeout;
  publishedAtMs: number;
}

/** Who is typing where, of those who are connected to this node. Each entry ends by itself, so that nobody types for ever whose connection is lost. */
@Injectable()
export class Typing implements OnModuleDestroy {
  private readonly running = new Map<string, Running>();

  constructor(
    private readonly connections: Connections,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Starting again renews; the others are told once.
   * @throws ChatNotHeard
   */
  start(connection: LiveConnection, chatId: number): void {
    this.requireHeard(connection, chatId);
    const { userId } = connection.actor;
    const key = keyOf(chatId, userId);
    const at = this.clock.now();
    const running = this.running.get(key);
    if (running) {
      running.timer.refresh();
      if (at.getTime() - running.publishedAtMs < RENEW_EVERY_MS) return;
      running.publishedAtMs = at.getTime();
    } else {
      const timer = setTimeout(() => this.end(chatId, userId), TYPING_TIMEOUT_MS).unref();
      this.running.set(key, { timer, publishedAtMs: at.getTime() });
    }
    this.events.publish(TypingStarted({ chatId, userId, at }));
  }

  /** @throws ChatNotHeard */
  stop(connection: LiveConnection, chatId: number): void {
    this.requireHeard(connection, chatId);
    this.end(chatId, connection.actor.userId);
  }

  /** For whoever has sent, gone or been removed; nothing happens where nobody typed. */
  end(chatId: number, userId: number): void {
    const key = keyOf(chatId, userId);
    const running = this.running.get(key);
    if (!running) return;
    clearTimeout(running.timer);
    this.running.delete(key);
    this.events.publish(TypingStopped({ chatId, userId, at: this.clock.now() }));
  }

  onModuleDestroy(): void {
    for (const { timer } of this.running.values()) clearTimeout(timer);
    this.running.clear();
  }

  private requireHeard(connection: LiveConnection, chatId: number): void {
    if (!this.connections.hears(connection, chatId)) throw new ChatNotHeard();
  }
}

function keyOf(chatId: number, userId: number): string {
  return `${chatId}:${userId}`;
}
