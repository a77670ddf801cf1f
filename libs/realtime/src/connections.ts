import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ChatAccess, ChatNotFound, ChatsRepository } from '@app/chats';
import { Clock, Config, EventBus, EventType, Metrics, ServiceStopping } from '@app/platform';
import { Sessions, TouchLastSeen } from '@app/users';
import { CloseReason, LiveConnection } from './live-connection';
import { LocalPresence } from './local-presence';
import { OpenConnection } from './open-connection';
import { TooManyConnections } from './realtime.errors';
import { CameOnline, ChatHint, WentOffline } from './realtime.events';

/** The open sockets of this node, whose they are, and which chats they hear. */
@Injectable()
export class Connections {
  private readonly open = new Map<LiveConnection, OpenConnection>();
  private readonly byUser = new Map<number, Set<OpenConnection>>();
  /** Registered, but not greeted yet. */
  private readonly opening = new Set<OpenConnection>();
  private stopping = false;

  constructor(
    private readonly config: Config,
    private readonly access: ChatAccess,
    private readonly chats: ChatsRepository,
    private readonly sessions: Sessions,
    private readonly presence: LocalPresence,
    private readonly touchLastSeen: TouchLastSeen,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Registers, greets, and joins the connection to what it may hear. Registering comes first,
   * so that a session or a membership that ends meanwhile is not missed.
   * @throws TooManyConnections, ChatNotFound, InvalidToken, ServiceStopping
   */
  async add(connection: LiveConnection): Promise<void> {
    const entry = this.register(connection);
    try {
      await this.sessions.requireLive(connection.actor);
      await this.settle(entry);
    } catch (error) {
      this.remove(connection);
      throw error;
    } finally {
      this.opening.delete(entry);
    }
  }

  /** From now on nobody new is let in, and dialects take no new frames. */
  stop(): void {
    this.stopping = true;
  }

  get isStopping(): boolean {
    return this.stopping;
  }

  /** Forgets a connection that has closed. Twice does no harm. */
  remove(connection: LiveConnection): void {
    const entry = this.open.get(connection);
    if (!entry) return;
    entry.isClosed = true;
    this.open.delete(connection);
    deleteFrom(this.byUser, entry.userId, entry);
    for (const chatId of [...entry.chatIds]) this.leave(entry, chatId);
    this.metrics.connections.dec({ transport: connection.transport });
    const wasLast = this.presence.closed(entry.userId, connection.transport);
    if (wasLast) void this.touchLastSeen.execute(entry.userId);
  }

  hears(connection: LiveConnection, chatId: number): boolean {
    return this.open.get(connection)?.chatIds.has(chatId) ?? false;
  }

  /** A change was published: a connection that is still opening did not hear it. */
  noteChange(chatId: number, seq: number): void {
    for (const entry of this.opening) {
      if (entry.connection.onlyChatId === chatId) entry.noteChange(seq);
    }
  }

  /**
   * The person is a member from now on, and hears the chat.
   * @returns true if he or she came online in it by this; the caller tells the others
   */
  memberAdded(chatId: number, userId: number): boolean {
    let cameOnline = false;
    for (const entry of this.byUser.get(userId) ?? []) {
      if (!entry.mayHear(chatId)) continue;
      if (entry.isGreeted) cameOnline = this.join(entry, chatId) || cameOnline;
      else entry.noteAdded(chatId);
    }
    return cameOnline;
  }

  /** The person is no member any more. */
  memberRemoved(chatId: number, userId: number): void {
    for (const entry of [...(this.byUser.get(userId) ?? [])]) {
      if (!entry.isGreeted) entry.noteRemoved(chatId);
      this.leave(entry, chatId);
      if (entry.connection.onlyChatId === chatId) this.end(entry.connection, 'access_ended');
    }
  }

  closeSessions(userId: number, sessionIds: readonly string[]): void {
    for (const { connection } of [...(this.byUser.get(userId) ?? [])]) {
      if (sessionIds.includes(connection.actor.sessionId)) this.end(connection, 'session_ended');
    }
  }

  closeAll(reason: CloseReason): void {
    for (const connection of [...this.open.keys()]) connection.close(reason);
  }

  /** Resolves when no connection is left, or after `timeoutMs`. */
  async waitUntilClosed(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (this.open.size > 0 && Date.now() < deadline) await setTimeout(20);
  }

  /** It counts as gone at once: a peer that does not answer the close would else stay online for a while. */
  private end(connection: LiveConnection, reason: CloseReason): void {
    connection.close(reason);
    this.remove(connection);
  }

  private register(connection: LiveConnection): OpenConnection {
    if (this.stopping) throw new ServiceStopping();
    const entry = new OpenConnection(connection);
    const ofUser = this.byUser.get(entry.userId) ?? new Set<OpenConnection>();
    const limit = this.config.values.LIMIT_CONNECTIONS_PER_USER;
    if (this.config.rateLimitsOn && ofUser.size >= limit) throw new TooManyConnections(limit);
    this.byUser.set(entry.userId, ofUser.add(entry));
    this.open.set(connection, entry);
    this.opening.add(entry);
    this.presence.opened(entry.userId, connection.transport);
    this.metrics.connections.inc({ transport: connection.transport });
    return entry;
  }

  private async settle(entry: OpenConnection): Promise<void> {
    const { connection, userId } = entry;
    const { actor, onlyChatId } = connection;
    if (onlyChatId === undefined) {
      const read = await this.chats.listChatIdsOfMember(userId);
      if (entry.isClosed) return;
      this.greet(entry, () => connection.greet({ userId }), entry.settleChats(read));
      return;
    }
    const { chat } = await this.access.require(actor, 'read', onlyChatId);
    if (entry.isClosed) return;
    const [chatId] = entry.settleChats([onlyChatId]);
    if (chatId === undefined) throw new ChatNotFound();
    this.greet(entry, () => connection.greet({ userId, chatId, lastSeq: entry.settleLastSeq(chat.lastSeq) }), [chatId]);
  }

  /** In one turn: nothing can be published between the greeting and the joins. */
  private greet(entry: OpenConnection, say: () => void, chatIds: readonly number[]): void {
    entry.isGreeted = true;
    say();
    for (const chatId of chatIds) {
      if (this.join(entry, chatId)) this.publish(CameOnline, chatId, entry.userId);
    }
  }

  /** @returns true if the person came online in the chat by this */
  private join(entry: OpenConnection, chatId: number): boolean {
    if (entry.chatIds.has(chatId)) return false;
    entry.chatIds.add(chatId);
    entry.connection.join(chatId);
    return this.presence.joined(chatId, entry.userId);
  }

  private leave(entry: OpenConnection, chatId: number): void {
    if (!entry.chatIds.delete(chatId)) return;
    entry.connection.leave(chatId);
    if (this.presence.left(chatId, entry.userId)) this.publish(WentOffline, chatId, entry.userId);
  }

  private publish(type: EventType<ChatHint>, chatId: number, userId: number): void {
    this.events.publish(type({ chatId, userId, at: this.clock.now() }));
  }
}

function deleteFrom<Key, Item>(index: Map<Key, Set<Item>>, key: Key, item: Item): void {
  const items = index.get(key);
  if (items?.delete(item) && items.size === 0) index.delete(key);
}
