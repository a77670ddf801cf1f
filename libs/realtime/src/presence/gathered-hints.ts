import type { DomainEvent, EventBus } from '@app/platform';
import type { ChatHint } from '../realtime.events';

/** While many come and go, the others of a chat are told of them so often. */
const EVERY_MS = 100;
/** Not all chats at the same time: a thousand sockets are 10 ms of writing, in which nobody else is served. */
const PARTS = 10;
/** So many of a part are told at once, however soon they came together. */
const MAX_WAITING = 1000;

/**
 * Publishes who came and who went, in order for each chat: at once, and those who follow within {@link EVERY_MS} together.
 * When a thousand come back, each of them is told of the others, and each telling by itself would be a write to each
 * socket.
 */
export class GatheredHints {
  private readonly parts: readonly Part[];

  constructor(events: EventBus) {
    this.parts = Array.from({ length: PARTS }, (_, number) => new Part(events, (number * EVERY_MS) / PARTS));
  }

  publish(hints: readonly DomainEvent<ChatHint>[]): void {
    for (const hint of hints) this.parts[hint.data.chatId % PARTS]?.add(hint);
    for (const part of this.parts) part.tellWhenDue();
  }
}

class Part {
  private readonly waiting: DomainEvent<ChatHint>[] = [];
  private timer: NodeJS.Timeout | undefined;

  /** @param phaseMs when it tells in each {@link EVERY_MS} */
  constructor(
    private readonly events: EventBus,
    private readonly phaseMs: number,
  ) {}

  add(hint: DomainEvent<ChatHint>): void {
    this.waiting.push(hint);
  }

  tellWhenDue(): void {
    if (!this.timer || this.waiting.length >= MAX_WAITING) this.tell();
  }

  private tell(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length === 0) return;
    this.timer = setTimeout(() => this.tell(), this.untilNextMs()).unref();
    this.events.publish(...this.waiting.splice(0));
  }

  private untilNextMs(): number {
    return EVERY_MS - ((performance.now() - this.phaseMs + EVERY_MS) % EVERY_MS);
  }
}
