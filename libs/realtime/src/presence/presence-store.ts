import type { RedisConnection } from '@app/platform';
import type { LiveStats } from './presence';
import { APPLY, BEAT, CLEAR, ENTER } from './presence-scripts';

const PREFIX = 'chat:presence:';
/** Without a beat for so long, a node is dead; it is found by the next beat of another one. */
const DEAD_AFTER_MS = 15_000;
/** Without anybody's beat for so long, Redis itself was away. */
const AWAY_AFTER_MS = 10_000;
/** Entries that are cleared away in one step: Redis does nothing else meanwhile. */
const CLEARED_AT_ONCE = 500;
const SCANNED_AT_ONCE = 1000;

export type Step =
  | readonly ['open' | 'close', userId: number, transport: string]
  | readonly ['join' | 'leave', chatId: number, userId: number];

interface ChatAndUser {
  readonly chatId: number;
  readonly userId: number;
}

/** What has become of the common state by what a node did to it. */
export interface Outcome {
  readonly came: readonly ChatAndUser[];
  readonly went: readonly ChatAndUser[];
  /** Who came online, or went, altogether. */
  readonly changed: readonly number[];
  /** Connections of the person after each `open`. */
  readonly totals: readonly number[];
}

/** The presence that all nodes share, in Redis. Every call may fail, and then may have been carried out or not. */
export class PresenceStore {
  private readonly client: RedisConnection['client'];

  constructor({ client }: RedisConnection) {
    this.client = client;
    const scripts = { presenceEnter: ENTER, presenceApply: APPLY, presenceBeat: BEAT, presenceClear: CLEAR };
    for (const [name, lua] of Object.entries(scripts)) client.defineCommand(name, { numberOfKeys: 0, lua });
  }

  async enter(node: string): Promise<void> {
    await this.run('presenceEnter', node);
  }

  /** @returns null if the node has no place (any more): others take it for dead, or Redis has forgotten */
  async apply(node: string, steps: readonly Step[]): Promise<Outcome | null> {
    const [isIn, came, went, changed, totals] = (await this.run('presenceApply', node, ...steps.flat())) as [
      number,
      string[],
      string[],
      string[],
      number[],
    ];
    if (isIn === 0) return null;
    return { came: pairsOf(came), went: pairsOf(went), changed: changed.map(Number), totals };
  }

  /** @returns the nodes that are dead; null if this one has no place (any more) */
  async beat(node: string): Promise<readonly string[] | null> {
    const [isIn, dead] = (await this.run('presenceBeat', node, DEAD_AFTER_MS, AWAY_AFTER_MS)) as [number, string[]];
    return isIn === 0 ? null : dead;
  }

  /** Takes away a part of what the node has added. Several may do it at the same time. */
  async clear(node: string): Promise<Pick<Outcome, 'went' | 'changed'> & { readonly isDone: boolean }> {
    const [isDone, went, changed] = (await this.run('presenceClear', node, CLEARED_AT_ONCE)) as [
      number,
      string[],
      string[],
    ];
    return { isDone: isDone === 1, went: pairsOf(went), changed: changed.map(Number) };
  }

  async listOnlineInChat(chatId: number): Promise<number[]> {
    return (await this.client.hkeys(`${PREFIX}chat:${chatId}`)).map(Number).sort((a, b) => a - b);
  }

  /** Those of these people who are online. */
  async findOnline(userIds: readonly number[]): Promise<Set<number>> {
    const counts = await this.client.hmget(`${PREFIX}online`, ...userIds.map(String));
    return new Set(userIds.filter((_, index) => counts[index] !== null));
  }

  /** Everybody who is online; who comes or goes meanwhile may be in it or not. */
  async *listOnline(): AsyncIterable<number> {
    let cursor = '0';
    do {
      const [next, entries] = await this.client.hscan(`${PREFIX}online`, cursor, 'COUNT', SCANNED_AT_ONCE);
      for (let at = 0; at < entries.length; at += 2) yield Number(entries[at]);
      cursor = next;
    } while (cursor !== '0');
  }

  async stats(): Promise<LiveStats> {
    const [transports, onlineUsers, activeChats] = await Promise.all([
      this.client.hgetall(`${PREFIX}transports`),
      this.client.hlen(`${PREFIX}online`),
      this.client.scard(`${PREFIX}chats`),
    ]);
    const byTransport = Object.fromEntries(Object.entries(transports).map(([name, count]) => [name, Number(count)]));
    const totalConnections = Object.values(byTransport).reduce((sum, count) => sum + count, 0);
    return { totalConnections, onlineUsers, activeChats, byTransport };
  }

  private run(command: string, ...args: (string | number)[]): Promise<unknown> {
    const client = this.client as unknown as Record<string, (...args: (string | number)[]) => Promise<unknown>>;
    const run = client[command];
    if (!run) throw new Error(`there is no script ${command}`);
    return run.apply(client, args);
  }
}

function pairsOf(flat: readonly string[]): ChatAndUser[] {
  const pairs: ChatAndUser[] = [];
  for (let at = 0; at < flat.length; at += 2) pairs.push({ chatId: Number(flat[at]), userId: Number(flat[at + 1]) });
  return pairs;
}
