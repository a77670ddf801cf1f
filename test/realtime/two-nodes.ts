import { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { ChatAccess, ChatChange, ChatsModule, ChatsRepository } from '@app/chats';
import { DatabaseModule } from '@app/database';
import { ChangesOfChat, MessagesModule } from '@app/messages';
import { Actor, Clock, Config, DomainEvent, EventBus, loadConfig, Metrics, PlatformModule } from '@app/platform';
import {
  CloseReason,
  Connections,
  Greeting,
  LiveConnection,
  LiveDialect,
  LiveFeed,
  Presence,
  Typing,
} from '@app/realtime';
import { AccessClaims, LogIn, RegisterUser, Sessions, TouchLastSeen } from '@app/users';
import { Arrivals } from '../../libs/realtime/src/arrivals';
import { Audience } from '../../libs/realtime/src/audience';
import { LocalPresence } from '../../libs/realtime/src/presence/local-presence';
import { Memberships } from '../../libs/realtime/src/memberships';
import { Resync } from '../../libs/realtime/src/resync';
import { ChatStreams } from '../../libs/realtime/src/streams/chat-streams';
import { HoleFiller } from '../../libs/realtime/src/streams/hole-filler';
import { makeTempFolder } from '../support/temp-folder';
import { TypingShown } from '../../libs/realtime/src/typing-shown';
import { ShakyBus } from './shaky-bus';

const PASSWORD = 'correct horse battery';
const HERE = { address: '192.0.2.1' };

class WritingModule {}

/** A node that only writes, and a node that only has sockets, over one store. The second hears the first by `bus`. */
export class TwoNodes {
  readonly bus = new ShakyBus();
  readonly dialect = new Rooms();
  readonly connections: Connections;
  readonly feed: LiveFeed;
  readonly presence: Presence;
  private readonly resync: Resync;
  private readonly parts: { onModuleDestroy?(): unknown }[];
  private readonly ears: Ear[] = [];
  private people = 0;

  private constructor(readonly writer: INestApplicationContext) {
    const get = <Part>(type: abstract new (...args: never[]) => Part): Part => writer.get(type, { strict: false });
    this.bus.hear(get(EventBus));
    const [chats, clock, sessions] = [get(ChatsRepository), get(Clock), get(Sessions)];
    const filler = new HoleFiller(get(ChangesOfChat), get(Metrics));
    const streams = new ChatStreams(this.bus, chats, filler);
    this.presence = new LocalPresence(this.bus, clock);
    const audience = new Audience(streams, this.presence);
    const arrivals = new Arrivals(audience, get(ChatAccess), chats, this.presence);
    const touch = { execute: async () => undefined } as unknown as TouchLastSeen;
    this.connections = new Connections(get(Config), audience, arrivals, sessions, this.presence, touch, get(Metrics));
    const typing = new Typing(this.connections, this.bus, clock);
    const memberships = new Memberships(chats, audience, streams);
    this.resync = new Resync(this.bus, streams, memberships, this.connections, sessions, clock);
    const shown = new TypingShown();
    this.feed = new LiveFeed(this.bus, streams, audience, this.connections, typing, shown, memberships, this.resync);
    this.parts = [filler, streams, typing, shown, memberships, this.resync];
    this.feed.register(this.dialect);
    this.feed.onModuleInit();
    this.resync.onModuleInit();
  }

  static async open(): Promise<TwoNodes> {
    const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: makeTempFolder(), BCRYPT_COST: '4', RATE_LIMITS: 'off' });
    const imports = [PlatformModule.register(config), DatabaseModule, ChatsModule, MessagesModule];
    return new TwoNodes(
      await NestFactory.createApplicationContext({ module: WritingModule, imports }, { logger: false }),
    );
  }

  get<Part>(type: abstract new (...args: never[]) => Part): Part {
    return this.writer.get(type, { strict: false });
  }

  /** Somebody new, logged in. */
  async person(): Promise<Actor> {
    const username = `person_${++this.people}`;
    await this.get(RegisterUser).execute({ username, password: PASSWORD }, HERE);
    const { accessToken } = await this.get(LogIn).execute({ login: username, password: PASSWORD }, HERE);
    return this.get(Sessions).requireActor(this.get(JwtService).decode<AccessClaims>(accessToken));
  }

  /** @param onlyChatId hears all chats without it */
  async connect(actor: Actor, onlyChatId?: number): Promise<Ear> {
    const { ear, opened } = this.startConnecting(actor, onlyChatId);
    await opened;
    return ear;
  }

  startConnecting(actor: Actor, onlyChatId?: number): { readonly ear: Ear; readonly opened: Promise<void> } {
    const ear = new Ear(actor, this.dialect, onlyChatId);
    this.ears.push(ear);
    return { ear, opened: this.connections.add(ear) };
  }

  disconnectAll(): void {
    for (const ear of this.ears.splice(0)) this.connections.remove(ear);
  }

  async close(): Promise<void> {
    for (const part of this.parts) await part.onModuleDestroy?.();
    await this.writer.close();
  }
}

/** Which connections are in which chat, as a dialect's transport keeps it. */
class Rooms implements LiveDialect {
  readonly rooms = new Map<number, Set<Ear>>();

  deliver(chatId: number, event: DomainEvent): void {
    for (const ear of this.rooms.get(chatId) ?? []) ear.hear(chatId, event);
  }
}

/** A connection that notes what it is told. */
export class Ear implements LiveConnection {
  readonly transport = 'ear';
  readonly heard: { readonly chatId: number; readonly event: DomainEvent }[] = [];
  greeting: Greeting | undefined;
  closed: CloseReason | undefined;

  constructor(
    readonly actor: Actor,
    private readonly dialect: Rooms,
    readonly onlyChatId?: number,
  ) {}

  /** The numbers of the changes that it was told of a chat. */
  seqs(chatId: number): number[] {
    const ofChat = this.heard.filter((entry) => entry.chatId === chatId);
    return ofChat.flatMap(({ event }) => ('at' in (event.data as object) ? seqOf(event) : []));
  }

  hears(chatId: number): boolean {
    return this.dialect.rooms.get(chatId)?.has(this) ?? false;
  }

  greet(greeting: Greeting): void {
    this.greeting = greeting;
  }

  hear(chatId: number, event: DomainEvent): void {
    this.heard.push({ chatId, event });
  }

  join(chatId: number): void {
    const room = this.dialect.rooms.get(chatId) ?? new Set();
    this.dialect.rooms.set(chatId, room.add(this));
  }

  leave(chatId: number): void {
    this.dialect.rooms.get(chatId)?.delete(this);
  }

  close(reason: CloseReason): void {
    this.closed = reason;
  }
}

function seqOf(event: DomainEvent): number[] {
  const { seq } = event.data as Partial<ChatChange>;
  return seq === undefined ? [] : [seq];
}
