/** Something that has happened and is committed. `data` is plain data (JSON and dates), so that it can travel between nodes. */
export interface DomainEvent<Data = unknown> {
  readonly name: string;
  readonly data: Data;
}

/** Makes events of one kind, and names the kind for subscribers. */
export interface EventType<Data> {
  (data: Data): DomainEvent<Data>;
  readonly eventName: string;
  is(event: DomainEvent): event is DomainEvent<Data>;
}

/** Declares a kind of event: `export const UserRenamed = defineEvent<{ userId: number }>('users.renamed')`. */
export function defineEvent<Data>(eventName: string): EventType<Data> {
  const make = (data: Data) => ({ name: eventName, data });
  const is = (event: DomainEvent): event is DomainEvent<Data> => event.name === eventName;
  return Object.assign(make, { eventName, is });
}

export type EventHandler<Data> = (data: Data) => void;

/**
 * Port: tells every part of the service, on every node, what has been committed.
 * Use cases publish after their commit, never before.
 *
 * Promises: events that one `publish` call was given, and those of successive calls on one node,
 * reach a handler in that order. A handler that throws is logged and hinders no other.
 * Delivery is at most once: a handler must find what it missed in the database.
 */
export abstract class EventBus {
  abstract publish(...events: readonly DomainEvent[]): void;

  abstract on<Data>(type: EventType<Data>, handler: EventHandler<Data>): void;
}
