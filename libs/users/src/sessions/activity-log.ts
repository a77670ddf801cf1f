import { Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { Database } from '@app/database';
import { Clock } from '@app/platform';
import { SessionsRepository } from '../persistence/sessions.repository';
import { UsersRepository } from '../persistence/users.repository';

const DELAY_MS = 250;
/** One transaction writes so many; what comes meanwhile waits for the next one. */
const BATCH_SIZE = 500;
/** Beyond this, notes are dropped: nobody's message waits for them. */
const MAX_WAITING = 20_000;

/** Writes down who was active when: a little later, many at once, and never in the way of a request. */
@Injectable()
export class ActivityLog implements OnApplicationShutdown {
  private readonly logger = new Logger(ActivityLog.name);
  private readonly userIds = new Set<number>();
  private readonly sessionIds = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private writing = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
  ) {}

  note(userId: number, sessionId?: string): void {
    if (this.isStopping || this.userIds.size >= MAX_WAITING || this.sessionIds.size >= MAX_WAITING) return;
    this.userIds.add(userId);
    if (sessionId !== undefined) this.sessionIds.add(sessionId);
    this.timer ??= setTimeout(() => void this.flush(), DELAY_MS).unref();
  }

  /** Resolves when all that was noted before is written. Never rejects: a lost note is no failure of anybody's. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.writeAll());
    return this.writing;
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.flush();
  }

  private async writeAll(): Promise<void> {
    try {
      while (this.userIds.size > 0 || this.sessionIds.size > 0) await this.writeBatch();
    } catch (error) {
      this.logger.warn({ err: error }, 'could not write down who was active');
    }
  }

  private writeBatch(): Promise<void> {
    const userIds = takeFrom(this.userIds, BATCH_SIZE);
    const sessionIds = takeFrom(this.sessionIds, BATCH_SIZE);
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      await this.users.setLastSeen(tx, userIds, now);
      await this.sessions.setLastUsed(tx, sessionIds, now);
    });
  }
}

function takeFrom<Item>(items: Set<Item>, count: number): Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    if (taken.length === count) break;
    items.delete(item);
    taken.push(item);
  }
  return taken;
}
