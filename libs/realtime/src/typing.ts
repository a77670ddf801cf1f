import { Injectable, OnModuleDestroy } from '@nestjs/common';
import { Clock, EventBus } from '@app/platform';
import { Connections } from './connections';
import { LiveConnection } from './live-connection';
import { ChatNotHeard } from './realtime.errors';
import { TypingStarted, TypingStopped } from './realtime.events';

/** A start that is not renewed stops by itself after this. */
const TYPING_TIMEOUT_MS = 6000;

/** Who is typing where. Each entry ends by itself, so that nobody types for ever whose connection is lost. */
@Injectable()
export class Typing implements OnModuleDestroy {
  private readonly timers = new Map<string, NodeJS.Timeout>();

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
    const running = this.timers.get(key);
    if (running) {
      running.refresh();
      return;
    }
    const timer = setTimeout(() => this.end(chatId, userId), TYPING_TIMEOUT_MS);
    this.timers.set(key, timer.unref());
    this.events.publish(TypingStarted({ chatId, userId, at: this.clock.now() }));
  }

  /** @throws ChatNotHeard */
  stop(connection: LiveConnection, chatId: number): void {
    this.requireHeard(connection, chatId);
    this.end(chatId, connection.actor.userId);
  }

  /** For whoever has sent, gone or been removed; nothing happens where nobody typed. */
  end(chatId: number, userId: number): void {
    const key = keyOf(chatId, userId);
    const timer = this.timers.get(key);
    if (!timer) return;
    clearTimeout(timer);
    this.timers.delete(key);
    this.events.publish(TypingStopped({ chatId, userId, at: this.clock.now() }));
  }

  onModuleDestroy(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private requireHeard(connection: LiveConnection, chatId: number): void {
    if (!this.connections.hears(connection, chatId)) throw new ChatNotHeard();
  }
}

function keyOf(chatId: number, userId: number): string {
  return `${chatId}:${userId}`;
}
