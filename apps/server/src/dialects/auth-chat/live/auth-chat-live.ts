import { Injectable, OnModuleInit } from '@nestjs/common';
import { MessageSent } from '@app/messages';
import type { DomainEvent } from '@app/platform';
import { LiveDialect, LiveFeed } from '@app/realtime';
import { DefaultNamespace, NamespaceDialect } from '../../../transport/sockets/default-namespace';
import { eventSentenceOf } from '../errors/sentences';
import { messageToWire } from '../shapes/message.shape';
import { AuthChatEvents } from './auth-chat-events';

/**
 * This dialect on sockets: every socket of the default namespace begins in it, and hears all rooms of its user.
 * It tells of new messages and of nothing else: its contract has no frames for the rest.
 */
@Injectable()
export class AuthChatLive implements NamespaceDialect, LiveDialect, OnModuleInit {
  readonly name = 'auth-chat';
  readonly isFirst = true;
  readonly hearsEveryChat = true;
  readonly sentenceOf = eventSentenceOf;
  readonly events: NamespaceDialect['events'];

  constructor(
    private readonly namespace: DefaultNamespace,
    private readonly feed: LiveFeed,
    events: AuthChatEvents,
  ) {
    this.events = events.table((connection) => connection.speaks(this));
  }

  onModuleInit(): void {
    this.namespace.register(this);
    this.feed.register(this);
  }

  /** The connection that a message came by has had its own answer. */
  deliver(chatId: number, event: DomainEvent): void {
    if (!MessageSent.is(event) || !this.namespace.isHeard(this, chatId)) return;
    const { message, origin } = event.data;
    const payload = { room_id: String(chatId), message: messageToWire(message) };
    this.namespace.broadcast(this, chatId, 'chat_response', payload, origin);
  }
}
