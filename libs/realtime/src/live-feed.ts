import { Injectable, OnModuleInit } from '@nestjs/common';
import {
  ChatChange,
  ChatCreated,
  ChatUpdated,
  ParticipantAdded,
  ParticipantRemoved,
  ParticipantUpdated,
} from '@app/chats';
import { MessageDeleted, MessageEdited, MessageSent, MessagesRead } from '@app/messages';
import { Clock, EventBus, EventType } from '@app/platform';
import { SessionsEnded } from '@app/users';
import { Connections } from './connections';
import { LiveDialect } from './live-connection';
import { CameOnline, TypingStarted, TypingStopped, WentOffline } from './realtime.events';
import { Typing } from './typing';

/**
 * Carries what is committed from the bus to the sockets: to every dialect, in the order of each chat's numbers,
 * and keeps who hears what in step with who is a member.
 */
@Injectable()
export class LiveFeed implements OnModuleInit {
  private readonly dialects = new Set<LiveDialect>();

  constructor(
    private readonly events: EventBus,
    private readonly connections: Connections,
    private readonly typing: Typing,
    private readonly clock: Clock,
  ) {}

  /** A dialect announces itself when its module starts. */
  register(dialect: LiveDialect): void {
    this.dialects.add(dialect);
  }

  onModuleInit(): void {
    this.events.on(ChatCreated, ({ chatId, memberIds }) => {
      const online = memberIds.filter((userId) => this.connections.memberAdded(chatId, userId));
      for (const userId of online) this.events.publish(CameOnline({ chatId, userId, at: this.clock.now() }));
    });
    this.events.on(SessionsEnded, ({ userId, sessionIds }) => this.connections.closeSessions(userId, sessionIds));

    this.followChange(MessageSent, { before: ({ chatId, message }) => this.typing.end(chatId, message.senderId) });
    this.followChange(MessageEdited);
    this.followChange(MessageDeleted);
    this.followArrivals();
    this.followChange(ParticipantUpdated);
    // Who goes hears of that as the last thing.
    this.followChange(ParticipantRemoved, {
      before: ({ chatId, userId }) => this.typing.end(chatId, userId),
      after: ({ chatId, userId }) => this.connections.memberRemoved(chatId, userId),
    });
    this.followChange(ChatUpdated);

    this.followHint(MessagesRead);
    this.followHint(TypingStarted);
    this.followHint(TypingStopped);
    this.followHint(CameOnline);
    this.events.on(WentOffline, ({ chatId, userId }) => this.typing.end(chatId, userId));
    this.followHint(WentOffline);
  }

  /** Who comes hears of it too; that he or she is online is said afterwards. */
  private followArrivals(): void {
    this.events.on(ParticipantAdded, (change) => {
      const { chatId, at } = change;
      const { userId } = change.participant;
      this.connections.noteChange(chatId, change.seq);
      const cameOnline = this.connections.memberAdded(chatId, userId);
      this.deliver(ParticipantAdded, change);
      if (cameOnline) this.events.publish(CameOnline({ chatId, userId, at }));
    });
  }

  private followChange<Change extends ChatChange>(
    type: EventType<Change>,
    around: { before?: (change: Change) => void; after?: (change: Change) => void } = {},
  ): void {
    this.events.on(type, (change) => {
      this.connections.noteChange(change.chatId, change.seq);
      around.before?.(change);
      this.deliver(type, change);
      around.after?.(change);
    });
  }

  private followHint<Hint extends { readonly chatId: number }>(type: EventType<Hint>): void {
    this.events.on(type, (hint) => this.deliver(type, hint));
  }

  private deliver<Data extends { readonly chatId: number }>(type: EventType<Data>, data: Data): void {
    for (const dialect of this.dialects) dialect.deliver(data.chatId, type(data));
  }
}
