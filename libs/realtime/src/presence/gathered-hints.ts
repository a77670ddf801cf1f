import type { DomainEvent, EventBus } from '@app/platform';
import type { ChatHint } from '../realtime.events';

/** While many come and go, others are told of them so often. */
const EVERY_MS = 100;
/** So many are told at once, however soon they came together. */
const MAX_WAITING = 1000;

/**
 * Publishes who came and who went, in order: at once, and those who follow within {@link EVERY_MS} together. When a
 * thousand come back, each of them is told of the others, and each telling by itself would be a write to each socket.
 */
export class GatheredHints {
  private readonly waiting: DomainEvent<ChatHint>[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly events: EventBus) {}

  publish(hints: readonly DomainEvent<ChatHint>[]): void {
    for (const hint of hints) this.waiting.push(hint);
    if (!this.timer || this.waiting.length >= MAX_WAITING) this.tell();
  }

  private tell(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length === 0) return;
    this.timer = setTimeout(() => this.tell(), EVERY_MS).unref();
    this.events.publish(...this.waiting.splice(0));
  }
}
