import type { DomainEvent } from '../event-bus';
import { findDates, Path, restoreDates } from './dates';

/** Raised when nodes of the version before could not read what is written now. More fields are no such change. */
const VERSION = 1;

/** What travels between nodes: events of one node, in the order in which it published them. */
export interface BusMessage {
  /** Who sent it. */
  readonly node: string;
  /** Rises with every message of a node: what comes late, by way of a connection that was given up, is known by it. */
  readonly number: number;
  /** True if the sender has lost events: whoever hears this has missed some. */
  readonly isGap: boolean;
  /** True if the sender leaves, and nothing will come from it any more. */
  readonly isFarewell: boolean;
  readonly events: readonly DomainEvent[];
}

interface EventJson {
  readonly name: string;
  readonly data: unknown;
  readonly dates?: readonly Path[];
}

/** @throws TypeError if the data is not plain */
export function writeEvent({ name, data }: DomainEvent): string {
  const dates = findDates({ data });
  const json: EventJson = dates.length > 0 ? { name, data, dates } : { name, data };
  return JSON.stringify(json);
}

/** @param events as `writeEvent` gives them */
export function writeMessage(node: string, number: number, events: readonly string[]): string {
  return `${beginningOf(node)},"number":${number},"events":[${events.join(',')}]}`;
}

/** A message that has no events, but a meaning of its own. */
export function writeSign(node: string, number: number, sign: 'gap' | 'farewell'): string {
  return `${beginningOf(node)},"number":${number},"${sign}":true,"events":[]}`;
}

/** How every message of a node begins, so that a node knows its own without reading them. */
export function beginningOf(node: string): string {
  return `{"v":${VERSION},"node":${JSON.stringify(node)}`;
}

/** @throws TypeError, SyntaxError if it is not a message of this version */
export function readMessage(text: string): BusMessage {
  const { v, node, number, gap, farewell, events } = JSON.parse(text) as Record<string, unknown>;
  if (v !== VERSION) throw new TypeError(`version ${VERSION} is understood, but ${String(v)} was sent`);
  if (typeof node !== 'string' || typeof number !== 'number' || !Array.isArray(events)) {
    throw new TypeError('node, number or events are missing');
  }
  return { node, number, isGap: gap === true, isFarewell: farewell === true, events: events.map(readEvent) };
}

function readEvent(json: unknown): DomainEvent {
  const { name, data, dates } = json as EventJson;
  if (typeof name !== 'string') throw new TypeError('an event has no name');
  const event = { name, data };
  restoreDates(event, dates ?? []);
  return event;
}
