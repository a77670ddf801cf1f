import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Config, Metrics, ServiceStopping } from '@app/platform';
import { Sessions, TouchLastSeen } from '@app/users';
import { Arrivals } from './arrivals';
import { Audience } from './audience';
import { CloseReason, LiveConnection } from './live-connection';
import { OpenConnection } from './open-connection';
import { Presence } from './presence/presence';
import { TooManyConnections } from './realtime.errors';

/** The open sockets of this node, from their coming to their going. */
@Injectable()
export class Connections {
  private readonly open = new Map<LiveConnection, OpenConnection>();
  private stopping = false;

  constructor(
    private readonly config: Config,
    private readonly audience: Audience,
    private readonly arrivals: Arrivals,
    private readonly sessions: Sessions,
    private readonly presence: Presence,
    private readonly touchLastSeen: TouchLastSeen,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Registers, greets, and joins the connection to what it may hear. Registering comes first,
   * so that a session or a membership that ends meanwhile is not missed.
   * @throws TooManyConnections, ChatNotFound, InvalidToken, ServiceStopping, ServiceBusy
   */
  async add(connection: LiveConnection): Promise<void> {
    if (this.stopping) throw new ServiceStopping();
    const entry = new OpenConnection(connection);
    this.open.set(connection, entry);
    this.audience.add(entry);
    this.metrics.connections.inc({ transport: connection.transport });
    const counted = this.presence.opened(entry.userId, connection.transport);
    try {
      this.requireFew(await counted);
      await this.sessions.requireLive(connection.actor);
      await this.arrivals.welcome(entry);
    } catch (error) {
      this.remove(connection);
      throw error;
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
    this.audience.remove(entry);
    this.metrics.connections.dec({ transport: connection.transport });
    this.presence.closed(entry.userId, connection.transport);
    if (this.audience.listOf(entry.userId).length === 0) void this.touchLastSeen.execute(entry.userId);
  }

  hears(connection: LiveConnection, chatId: number): boolean {
    return this.open.get(connection)?.hears(chatId) ?? false;
  }

  /** The log-ins that connections of this node were opened with, and whose they are. */
  listSessions(): ReadonlyMap<string, number> {
    return new Map([...this.open.keys()].map(({ actor }) => [actor.sessionId, actor.userId]));
  }

  closeSessions(userId: number, sessionIds: readonly string[]): void {
    for (const { connection } of this.audience.listOf(userId)) {
      if (sessionIds.includes(connection.actor.sessionId)) this.end(connection, 'session_ended');
    }
  }

  /** It counts as gone at once: a peer that does not answer the close would else stay online for a while. */
  end(connection: LiveConnection, reason: CloseReason): void {
    connection.close(reason);
    this.remove(connection);
  }

  closeAll(reason: CloseReason): void {
    for (const connection of [...this.open.keys()]) connection.close(reason);
  }

  /** Resolves when no connection is left, or after `timeoutMs`. */
  async waitUntilClosed(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (this.open.size > 0 && Date.now() < deadline) await setTimeout(20);
  }

  private requireFew(ofUser: number): void {
    const limit = this.config.values.LIMIT_CONNECTIONS_PER_USER;
    if (this.config.rateLimitsOn && ofUser > limit) throw new TooManyConnections(limit);
  }
}
