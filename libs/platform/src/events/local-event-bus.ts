import { Injectable, Logger } from '@nestjs/common';
import { DomainEvent, EventBus, EventHandler, EventType } from './event-bus';

/** The bus of a single node: handlers run at once, in the order in which they subscribed. */
@Injectable()
export class LocalEventBus extends EventBus {
  private readonly logger = new Logger(LocalEventBus.name);
  private readonly handlers = new Map<string, EventHandler<never>[]>();

  publish(...events: readonly DomainEvent[]): void {
    for (const event of events) {
      for (const handler of this.handlers.get(event.name) ?? []) {
        this.run(event, handler);
      }
    }
  }

  on<Data>(type: EventType<Data>, handler: EventHandler<Data>): void {
    const handlers = this.handlers.get(type.eventName) ?? [];
    handlers.push(handler);
    this.handlers.set(type.eventName, handlers);
  }

  async follow(): Promise<void> {
    // There is no other node.
  }

  unfollow(): void {
    // Nothing was followed.
  }

  onGap(): void {
    // Nothing is ever missed.
  }

  get isWhole(): boolean {
    return true;
  }

  private run(event: DomainEvent, handler: EventHandler<never>): void {
    try {
      handler(event.data as never);
    } catch (error) {
      this.logger.error({ err: error, event: event.name }, 'an event handler failed');
    }
  }
}
