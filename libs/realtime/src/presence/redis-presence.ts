import { OnApplicationShutdown } from '@nestjs/common';
import { Clock, EventBus, RedisConnection } from '@app/platform';
import { CameOnline, hintsOf, OnlineChanged, WentOffline } from '../realtime.events';
import { OnlineUsers } from './online-users';
import { OwnPresence } from './own-presence';
import { LiveStats, Presence } from './presence';
import { PresencePlace } from './presence-place';
import { Outcome, PresenceStore } from './presence-store';

/** Nobody waits longer than this for being counted. */
const TIMEOUT_MS = 250;
const FAREWELL_MS = 1000;

/** The presence of several nodes, in Redis. While Redis is down, each node goes by what it has itself. */
export class RedisPresence extends Presence implements OnApplicationShutdown {
  private readonly own = new OwnPresence();
  private readonly store: PresenceStore;
  private readonly online: OnlineUsers;
  private readonly place: PresencePlace;

  private constructor(
    private readonly connection: RedisConnection,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {
    super();
    this.store = new PresenceStore(connection);
    this.online = new OnlineUsers(this.store);
    const reload = () => void this.online.reload();
    this.place = new PresencePlace(connection, this.store, this.own, (outcome) => this.tell(outcome), reload);
    events.onGap(reload);
    events.on(OnlineChanged, ({ userIds }) => void this.online.look(userIds));
  }

  /** @throws StoreUnreachable if Redis is not there */
  static async open(url: string, events: EventBus, clock: Clock): Promise<RedisPresence> {
    const connection = new RedisConnection(url, 'presence');
    const presence = new RedisPresence(connection, events, clock);
    try {
      await connection.open();
    } catch (error) {
      presence.place.stopTimers();
      throw error;
    }
    return presence;
  }

  isOnline(userId: number): boolean {
    return this.own.isOnline(userId) || (this.place.outbox !== undefined && this.online.has(userId));
  }

  listOnlineInChat(chatId: number): Promise<readonly number[]> {
    return this.ask(
      () => this.store.listOnlineInChat(chatId),
      () => this.own.listOnlineInChat(chatId),
    );
  }

  stats(): Promise<LiveStats> {
    return this.ask(
      () => this.store.stats(),
      () => this.own.stats,
    );
  }

  async opened(userId: number, transport: string): Promise<number> {
    this.own.opened(userId, transport);
    const counted = this.place.outbox?.open(userId, transport);
    return (counted && (await this.inTime(counted))) ?? this.own.countOf(userId);
  }

  closed(userId: number, transport: string): void {
    this.own.closed(userId, transport);
    this.place.outbox?.add(['close', userId, transport]);
  }

  async joined(userId: number, chatIds: readonly number[]): Promise<void> {
    const came = this.own.joined(userId, chatIds);
    const { outbox } = this.place;
    if (!outbox) return this.events.publish(...hintsOf(CameOnline, came, userId, this.clock.now()));
    outbox.add(...came.map((chatId) => ['join', chatId, userId] as const));
    // Even if nothing is new: another connection of the same person may have said it just now.
    await this.inTime(outbox.whenSaid());
  }

  left(userId: number, chatIds: readonly number[]): void {
    const went = this.own.left(userId, chatIds);
    const { outbox } = this.place;
    if (outbox) outbox.add(...went.map((chatId) => ['leave', chatId, userId] as const));
    else this.events.publish(...hintsOf(WentOffline, went, userId, this.clock.now()));
  }

  async onApplicationShutdown(): Promise<void> {
    this.place.stopTimers();
    await this.inTime(
      this.place.giveUp().catch(() => undefined),
      FAREWELL_MS,
    );
    this.connection.close();
  }

  private tell({ came, went, changed }: Omit<Outcome, 'totals'>): void {
    const at = this.clock.now();
    this.events.publish(
      ...came.map((who) => CameOnline({ ...who, at })),
      ...went.map((who) => WentOffline({ ...who, at })),
      ...(changed.length > 0 ? [OnlineChanged({ userIds: changed })] : []),
    );
  }

  private async ask<Answer>(question: () => Promise<Answer>, known: () => Answer): Promise<Answer> {
    if (!this.place.outbox || !this.connection.isResponsive) return known();
    return (await this.inTime(question().catch(() => undefined))) ?? known();
  }

  /** @returns undefined if it takes too long */
  private async inTime<Answer>(answer: Promise<Answer>, timeoutMs = TIMEOUT_MS): Promise<Answer | undefined> {
    if (!this.connection.isResponsive) return undefined;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        this.connection.doubt();
        resolve(undefined);
      }, timeoutMs);
    });
    try {
      return await Promise.race([answer, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}
