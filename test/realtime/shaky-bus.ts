import { DomainEvent, EventBus, LocalEventBus } from '@app/platform';

/** What the link does with an event on its way: keeps it, brings it now, or later. */
export type Fate = 'lost' | 'now' | { readonly afterMs: number };

/** The bus of a node that hears another one over a link that can do everything that a network does. */
export class ShakyBus extends LocalEventBus {
  /** Decides about each event; twice the same one is two entries. */
  fates: (event: DomainEvent) => readonly Fate[] = () => ['now'];
  /** How long it takes until a topic is heard. */
  followMs = 0;
  private readonly followed = new Map<string, number>();
  private readonly gapHandlers: (() => void)[] = [];
  private isCut = false;

  /** Hears what is published on `other` from now on. */
  hear(other: EventBus): void {
    const publish = other.publish.bind(other);
    other.publish = (...events) => {
      publish(...events);
      for (const event of events) for (const fate of this.fates(event)) this.carry(event, fate);
    };
  }

  /** From now on nothing comes through, and this node knows it. */
  cut(): void {
    this.isCut = true;
    this.tellGap();
  }

  heal(): void {
    this.isCut = false;
    this.tellGap();
  }

  follows(topic: string): boolean {
    return (this.followed.get(topic) ?? 0) > 0;
  }

  override async follow(topics: readonly string[] = []): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.followMs));
    for (const topic of topics) this.followed.set(topic, (this.followed.get(topic) ?? 0) + 1);
  }

  override unfollow(topics: readonly string[] = []): void {
    for (const topic of topics) this.followed.set(topic, (this.followed.get(topic) ?? 0) - 1);
  }

  override onGap(handler?: () => void): void {
    if (handler) this.gapHandlers.push(handler);
  }

  override get isWhole(): boolean {
    return !this.isCut;
  }

  tellGap(): void {
    for (const handler of this.gapHandlers) handler();
  }

  private carry(event: DomainEvent, fate: Fate): void {
    if (this.isCut || fate === 'lost') return;
    if (event.topic !== undefined && !this.follows(event.topic)) return;
    if (fate === 'now') super.publish(event);
    else setTimeout(() => super.publish(event), fate.afterMs);
  }
}
