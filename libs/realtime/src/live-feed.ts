import { Injectable, Logger, OnModuleInit } from '@nestjs/common';
import {
  ChatChange,
  ChatCreated,
  ChatsMayHaveChanged,
  ChatUpdated,
  ParticipantAdded,
  ParticipantRemoved,
  ParticipantUpdated,
} from '@app/chats';
import { MessageDeleted, MessageEdited, MessageSent, MessagesRead } from '@app/messages';
import { DomainEvent, EventBus, EventType } from '@app/platform';
import { SessionsEnded } from '@app/users';
import { Audience } from './audience';
import { Connections } from './connections';
import { LiveDialect } from './live-connection';
import { Memberships } from './memberships';
import { CameOnline, ChatHint, TypingStarted, TypingStopped, WentOffline } from './realtime.events';
import { Resync } from './resync';
import type { Change } from './streams/chat-stream';
import { ChatStreams } from './streams/chat-streams';
import { Typing } from './typing';
import { TypingShown } from './typing-shown';

/**
 * Carries what is committed from the bus to the sockets: to every dialect, each change once, in the order of each
 * chat's numbers, and keeps who hears what in step with who is a member.
 */
@Injectable()
export class LiveFeed implements OnModuleInit {
  private readonly logger = new Logger(LiveFeed.name);
  private readonly dialects = new Set<LiveDialect>();

  constructor(
    private readonly events: EventBus,
    private readonly streams: ChatStreams,
    private readonly audience: Audience,
    private readonly connections: Connections,
    private readonly typing: Typing,
    private readonly typingShown: TypingShown,
    private readonly memberships: Memberships,
    private readonly resync: Resync,
  ) {}

  /** A dialect announces itself when its module starts. */
  register(dialect: LiveDialect): void {
    this.dialects.add(dialect);
  }

  onModuleInit(): void {
    this.streams.onChange((change) => this.tell(change));
    this.followChange(MessageSent);
    this.followChange(MessageEdited);
    this.followChange(MessageDeleted);
    this.followChange(ParticipantUpdated);
    this.followChange(ParticipantRemoved);
    this.followChange(ChatUpdated);
    this.followMemberships();
    this.followHint(MessagesRead);
    this.followHint(CameOnline);
    this.followTyping();
    this.events.on(WentOffline, ({ chatId, userId }) => this.typing.end(chatId, userId));
    this.followHint(WentOffline);
    this.events.on(SessionsEnded, ({ userId, sessionIds }) => this.connections.closeSessions(userId, sessionIds));
    this.events.on(ChatsMayHaveChanged, ({ chatIds }) => this.resync.lookAt(chatIds));
  }

  /** Who comes in does not hear the chat yet: its stream may be about to begin here. */
  private followMemberships(): void {
    this.events.on(ChatCreated, ({ chatId, memberIds }) => {
      for (const userId of memberIds) this.admit(chatId, userId, 0);
    });
    this.events.on(ParticipantAdded, (data) => {
      const change = ParticipantAdded(data);
      const stream = this.streams.find(data.chatId);
      if (stream) stream.accept(change);
      else this.tell(change);
      // Passed over as old: other news overtook this while nobody here heard the chat.
      const { userId } = data.participant;
      if (this.audience.misses(data.chatId, userId)) this.memberships.check(userId);
    });
  }

  private followChange<Kind extends ChatChange>(type: EventType<Kind>): void {
    this.events.on(type, (change) => this.streams.find(change.chatId)?.accept(type(change)));
  }

  private followTyping(): void {
    const tellStopped = (hint: ChatHint) => this.deliver(hint.chatId, TypingStopped(hint));
    this.typingShown.onOverdue(tellStopped);
    this.events.on(TypingStarted, (hint) => {
      if (this.typingShown.start(hint)) this.deliver(hint.chatId, TypingStarted(hint));
    });
    this.events.on(TypingStopped, (hint) => {
      if (this.typingShown.stop(hint)) tellStopped(hint);
    });
  }

  private followHint<Hint extends { readonly chatId: number }>(type: EventType<Hint>): void {
    this.events.on(type, (hint) => this.deliver(hint.chatId, type(hint)));
  }

  /** A change in its turn, with what goes with it. Who goes hears of that as the last thing. */
  private tell(change: Change): void {
    const { chatId, seq } = change.data;
    const deliver = () => this.deliver(chatId, change);
    if (MessageSent.is(change)) this.typing.end(chatId, change.data.message.senderId);
    if (ParticipantAdded.is(change)) {
      return this.admit(chatId, change.data.participant.userId, seq, deliver);
    }
    if (!ParticipantRemoved.is(change)) return deliver();
    const { userId } = change.data;
    this.typing.end(chatId, userId);
    deliver();
    const ended = this.audience.memberRemoved(chatId, userId, seq);
    for (const { connection } of ended) this.connections.end(connection, 'access_ended');
  }

  private admit(chatId: number, userId: number, seq: number, tell?: () => void): void {
    const isTrue = this.audience.memberAdded(chatId, userId, seq, tell);
    if (!isTrue) this.memberships.check(userId);
  }

  private deliver(chatId: number, event: DomainEvent): void {
    if (!this.streams.find(chatId)?.isHeard) return;
    for (const dialect of this.dialects) {
      try {
        dialect.deliver(chatId, event);
      } catch (error) {
        this.logger.error({ err: error, event: event.name, chatId }, 'a dialect could not tell of an event');
      }
    }
  }
}
