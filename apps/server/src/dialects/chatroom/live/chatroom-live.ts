import { Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { ChatCreated, GetChat, NewChat } from '@app/chats';
import { MessageSent } from '@app/messages';
import { DomainError, DomainEvent, EventBus } from '@app/platform';
import { LiveDialect, LiveFeed } from '@app/realtime';
import { DefaultNamespace, NamespaceConnection, NamespaceDialect } from '../../../transport/sockets/default-namespace';
import { CookieTokens } from '../auth/cookie-tokens';
import { sentenceOf } from '../errors/sentence';
import { chatroomToWire } from '../shapes/chatroom.shape';
import { messageToWire } from '../shapes/message.shape';
import { ChatroomEvents } from './chatroom-events';
import { RoomNoticed } from './room-notice';

/** This dialect in the default namespace of Socket.IO: sockets hear the rooms that they joined. */
@Injectable()
export class ChatroomLive implements NamespaceDialect, LiveDialect, OnModuleInit {
  readonly name = 'chatroom';
  readonly isFirst = false;
  readonly hearsEveryChat = false;
  readonly sentenceOf = sentenceOf;
  readonly events: NamespaceDialect['events'];
  private readonly logger = new Logger(ChatroomLive.name);

  constructor(
    events: ChatroomEvents,
    private readonly namespace: DefaultNamespace,
    private readonly feed: LiveFeed,
    private readonly bus: EventBus,
    private readonly cookies: CookieTokens,
    private readonly getChat: GetChat,
  ) {
    this.events = events.table;
  }

  onModuleInit(): void {
    this.namespace.register(this);
    this.feed.register(this);
    this.bus.on(RoomNoticed, ({ chatId, message }) =>
      this.namespace.broadcast(this, chatId, 'notification', { message }),
    );
    this.bus.on(ChatCreated, (chat) => void this.announce(chat));
  }

  deliver(chatId: number, event: DomainEvent): void {
    if (!MessageSent.is(event) || !this.namespace.isHeard(this, chatId)) return;
    this.namespace.broadcast(this, chatId, 'newMessage', messageToWire(event.data.message));
  }

  greet(connection: NamespaceConnection): void {
    connection.emit('joinedUserRoom', { roomId: String(connection.actor.userId) });
  }

  findToken(handshake: Parameters<NonNullable<NamespaceDialect['findToken']>>[0]): string | undefined {
    return this.cookies.findInHandshake(handshake) ?? undefined;
  }

  /** Tells the others, each as he or she sees the room. Who connects later finds it in the list. */
  private async announce({ chatId, makerId, memberIds }: NewChat): Promise<void> {
    const [reader] = memberIds.filter((userId) => userId !== makerId && this.namespace.hasSocketsOf(userId));
    if (reader === undefined) return;
    try {
      const chat = await this.getChat.execute({ userId: reader, sessionId: '' }, chatId);
      for (const { userId } of chat.participants) {
        if (userId !== makerId) this.namespace.tellUser(userId, 'newChatroom', chatroomToWire(chat, userId));
      }
    } catch (error) {
      // Left again, or closed, before it could be told of; anything else is worth a look.
      if (!(error instanceof DomainError)) this.logger.error({ err: error, chatId }, 'a new chat was not announced');
    }
  }
}
