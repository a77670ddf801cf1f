import { Injectable, Logger, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Clock, EventBus } from '@app/platform';
import { Sessions } from '@app/users';
import { Connections } from './connections';
import { Memberships } from './memberships';
import { ChatStreams } from './streams/chat-streams';

/** How often the database is asked while other nodes can't be heard: what ends there has ended here within 5 s. */
const EVERY_MS = 2000;
/** A loss is noticed late, a commit takes its time, and clocks differ: what happened a little earlier is looked at, too. */
const SLACK_MS = 5 * 60_000;
/** Log-ins that are looked up in one query. */
const BATCH = 500;

/**
 * Makes up for what other nodes said while they could not be heard: sessions that have ended, changes of chats,
 * people who came into one. The database knows all of it.
 */
@Injectable()
export class Resync implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(Resync.name);
  private timer: NodeJS.Timeout | undefined;
  private isDue = false;
  private running: Promise<void> | undefined;
  /** When nothing had been missed yet. */
  private wholeAtMs = 0;

  constructor(
    private readonly bus: EventBus,
    private readonly streams: ChatStreams,
    private readonly memberships: Memberships,
    private readonly connections: Connections,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.wholeAtMs = this.clock.now().getTime();
    this.bus.onGap(() => {
      this.isDue = true;
      this.start();
    });
    this.timer = setInterval(() => this.tick(), EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Something may have happened in these chats that was published nowhere. */
  lookAt(chatIds: readonly number[]): void {
    this.streams.catchUp(chatIds);
    this.memberships.checkChats(chatIds).catch((error: unknown) => {
      this.logger.warn({ err: error, chatIds }, 'members could not be looked up; trying again');
      this.isDue = true;
    });
  }

  private tick(): void {
    if (!this.bus.isWhole) this.isDue = true;
    if (this.isDue) this.start();
    else if (!this.running) this.wholeAtMs = this.clock.now().getTime();
  }

  private start(): void {
    this.running ??= this.run().finally(() => (this.running = undefined));
  }

  private async run(): Promise<void> {
    this.isDue = false;
    try {
      await this.closeEndedSessions();
      this.streams.catchUp(this.streams.listHeard());
      await this.memberships.checkSince(new Date(this.wholeAtMs - SLACK_MS));
    } catch (error) {
      this.isDue = true;
      this.logger.warn({ err: error }, 'could not look up what other nodes may have said; trying again');
    }
  }

  private async closeEndedSessions(): Promise<void> {
    const open = this.connections.listSessions();
    const sessionIds = [...open.keys()];
    for (let first = 0; first < sessionIds.length; first += BATCH) {
      for (const sessionId of await this.sessions.listEnded(sessionIds.slice(first, first + BATCH))) {
        this.connections.closeSessions(open.get(sessionId) ?? 0, [sessionId]);
      }
    }
  }
}
