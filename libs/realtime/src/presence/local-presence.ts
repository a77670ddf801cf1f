import { Clock, EventBus } from '@app/platform';
import { CameOnline, hintsOf, WentOffline } from '../realtime.events';
import { GatheredHints } from './gathered-hints';
import { OwnPresence } from './own-presence';
import { LiveStats, Presence } from './presence';

/** The presence of a single node: what it knows is all there is. */
export class LocalPresence extends Presence {
  private readonly own = new OwnPresence();
  private readonly hints: GatheredHints;

  constructor(
    events: EventBus,
    private readonly clock: Clock,
  ) {
    super();
    this.hints = new GatheredHints(events);
  }

  isOnline(userId: number): boolean {
    return this.own.isOnline(userId);
  }

  async listOnlineInChat(chatId: number): Promise<readonly number[]> {
    return this.own.listOnlineInChat(chatId);
  }

  async stats(): Promise<LiveStats> {
    return this.own.stats;
  }

  async opened(userId: number, transport: string): Promise<number> {
    this.own.opened(userId, transport);
    return this.own.countOf(userId);
  }

  closed(userId: number, transport: string): void {
    this.own.closed(userId, transport);
  }

  async joined(userId: number, chatIds: readonly number[]): Promise<void> {
    const came = this.own.joined(userId, chatIds);
    this.hints.publish(hintsOf(CameOnline, came, userId, this.clock.now()));
  }

  left(userId: number, chatIds: readonly number[]): void {
    const went = this.own.left(userId, chatIds);
    this.hints.publish(hintsOf(WentOffline, went, userId, this.clock.now()));
  }
}
