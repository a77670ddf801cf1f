import { Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { DomainEvent } from '../event-bus';
import { beginningOf, BusMessage, readMessage } from './bus-message';

/** Nodes that were heard of last; each start of a node makes a new one. */
const MAX_NODES = 1000;

export interface InboxHandlers {
  onEvents(events: readonly DomainEvent[]): void;
  onGap(): void;
  /** A node is there, or leaves. */
  onSign(node: string, isLeaving: boolean): void;
}

/** Reads what other nodes have sent: each message once, and never one that was overtaken. */
export class Inbox {
  private readonly logger = new Logger(Inbox.name);
  private readonly ownBeginning: string;
  private readonly lastNumbers = new LRUCache<string, number>({ max: MAX_NODES });

  constructor(
    node: string,
    private readonly handlers: InboxHandlers,
  ) {
    this.ownBeginning = beginningOf(node);
  }

  receive(text: string): void {
    if (text.startsWith(this.ownBeginning)) return;
    const message = this.tryToRead(text);
    // What a node had sent before it gave up a connection may still arrive, after what it sent on the next one.
    // It has told the gap.
    if (!message || message.number <= (this.lastNumbers.get(message.node) ?? 0)) return;
    this.lastNumbers.set(message.node, message.number);
    if (message.isGap) this.handlers.onGap();
    this.handlers.onSign(message.node, message.isFarewell);
    this.handlers.onEvents(message.events);
  }

  private tryToRead(text: string): BusMessage | undefined {
    try {
      return readMessage(text);
    } catch (error) {
      this.logger.error({ err: error, beginning: text.slice(0, 100) }, 'a message of another node can not be read');
      return undefined;
    }
  }
}
