/** Something that has happened and is committed. `data` is plain data (JSON and dates), so that it can travel between nodes. */
export interface DomainEvent<Data = unknown> {
  readonly name: string;
  readonly data: Data;
  /** What it is about, if only nodes that follow this want to hear of it: `chat:7`. Without one, every node does. */
  readonly topic?: string;
}

/** Makes events of one kind, and names the kind for subscribers. */
export interface EventType<Data> {
  (data: Data): DomainEvent<Data>;
  readonly eventName: string;
  is(event: DomainEvent): event is DomainEvent<Data>;
}

/**
 * Declares a kind of event: `export const UserRenamed = defineEvent<{ userId: number }>('users.renamed')`.
 * @param topicOf names what an event is about; for kinds that are of interest only where somebody follows that
 */
export function defineEvent<Data>(eventName: string, topicOf?: (data: Data) => string): EventType<Data> {
  const make = topicOf
    ? (data: Data) => ({ name: eventName, data, topic: topicOf(data) })
    : (data: Data) => ({ name: eventName, data });
  const is = (event: DomainEvent): event is DomainEvent<Data> => event.name === eventName;
  return Object.assign(make, { eventName, is });
}

export type EventHandler<Data> = (data: Data) => void;

/**
 * Port: tells every part of the service, on every node, what has been committed.
 * Use cases publish after their commit, never before.
 *
 * Promises: events that one `publish` call was given, and those of successive calls on one node,
 * reach a handler in that order; on the node that publishes, before `publish` returns. On other nodes the order holds
 * among the events of a topic, and between those and the ones without a topic. A handler that throws is logged
 * and hinders no other. Delivery between nodes is at most once: who is told of a gap finds in the database what it missed.
 * `publish` never throws, and waits for no other node.
 */
export abstract class EventBus {
  abstract publish(...events: readonly DomainEvent[]): void;

  abstract on<Data>(type: EventType<Data>, handler: EventHandler<Data>): void;

  /**
   * Hears what other nodes publish on these topics, too. Follows are counted: as many `unfollow` end them.
   * Resolves when nothing that is published from then on is missed, or when the bus is down: then a gap is told once
   * it is up again. What this node publishes it hears without following.
   */
  abstract follow(topics: readonly string[]): Promise<void>;

  abstract unfollow(topics: readonly string[]): void;

  /** Called each time when events of other nodes may have been missed: the link to them was lost or is back, or one of them has lost some. */
  abstract onGap(handler: () => void): void;

  /** False while events of other nodes can't be heard: the link is lost, or another node has fallen silent. */
  abstract get isWhole(): boolean;
}
