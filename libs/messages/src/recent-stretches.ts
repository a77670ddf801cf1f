import type { ChatEntity } from '@app/chats';
import { LRUCache } from 'lru-cache';
import type { ChangeRow } from './change-composer';

/** Of all stretches together; those that were not asked for longest are forgotten. A row takes half a KiB. */
const MAX_ROWS = 10_000;
/** Longer than it takes until all are back. */
const REMEMBERED_MS = 60_000;

interface Stretch {
  readonly lastSeq: number;
  readonly rows: readonly ChangeRow[];
}

/**
 * The rows of the stretches that were read last. Who lost their connections together missed the same: when they come back,
 * what a chat's members missed is read once. A stretch holds until its chat has a new change, since rows of messages change
 * with one only; texts, files and names are none of it.
 */
export class RecentStretches {
  private readonly stretches = new LRUCache<string, Stretch>({
    maxSize: MAX_ROWS,
    ttl: REMEMBERED_MS,
    sizeCalculation: ({ rows }) => rows.length + 1,
  });

  /** @param chat as it was in the moment from which `read` reads */
  async find(
    chat: ChatEntity,
    after: number,
    limit: number,
    read: () => Promise<readonly ChangeRow[]>,
  ): Promise<readonly ChangeRow[]> {
    const key = `${chat.id}:${after}:${limit}`;
    const known = this.stretches.get(key);
    if (known?.lastSeq === chat.lastSeq) return known.rows;
    const rows = await read();
    this.stretches.set(key, { lastSeq: chat.lastSeq, rows });
    return rows;
  }
}
