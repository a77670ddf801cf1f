import { Logger } from '@nestjs/common';
import type { PresenceStore } from './presence-store';

const ASKED_AT_ONCE = 1000;

/** A copy of who is online on any node, so that it can be told at once. 40 bytes or so a person. */
export class OnlineUsers {
  private readonly logger = new Logger(OnlineUsers.name);
  private known = new Set<number>();
  /** Who changed while everybody is being read: what was read of them may be older. */
  private changed: Set<number> | undefined;
  private isStale = false;

  constructor(private readonly store: PresenceStore) {}

  has(userId: number): boolean {
    return this.known.has(userId);
  }

  /** These people came or went: what the store says after that is true. */
  async look(userIds: readonly number[]): Promise<void> {
    for (const userId of userIds) this.changed?.add(userId);
    for (let first = 0; first < userIds.length; first += ASKED_AT_ONCE) {
      const asked = userIds.slice(first, first + ASKED_AT_ONCE);
      try {
        const online = await this.store.findOnline(asked);
        for (const userId of asked) {
          if (online.has(userId)) this.known.add(userId);
          else this.known.delete(userId);
        }
      } catch (error) {
        // All are read again when Redis is back.
        this.logger.debug({ err: error }, 'could not look up who is online');
      }
    }
  }

  /** Reads everybody: changes may have been missed. Asked for again meanwhile, it is done again. */
  async reload(): Promise<void> {
    this.isStale = true;
    if (this.changed) return;
    while (this.isStale) {
      this.isStale = false;
      const changed = (this.changed = new Set<number>());
      try {
        const read = new Set<number>();
        for await (const userId of this.store.listOnline()) read.add(userId);
        this.known = read;
        await this.look([...changed]);
      } catch (error) {
        this.logger.debug({ err: error }, 'could not read who is online');
      }
    }
    this.changed = undefined;
  }
}
