import { Injectable } from '@nestjs/common';
import { Mutex } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { Database } from './database';
import { IdBlockEntity } from './id-block.entity';

const FIRST_BLOCK_SIZE = 1000;
/** The next block is larger if the last one was used up sooner: to reserve one is a commit. */
const LASTS_MS = 10_000;
/** Chats and files are listed by their ids: those of different nodes are not to be far apart. */
const LARGEST_BLOCK_SIZES = { chat: 1000, media: 1000, message: 64_000, body: 64_000 };

/** What is numbered by the application, so that one statement inserts a whole batch without reading ids back. */
export type IdKind = keyof typeof LARGEST_BLOCK_SIZES;

interface Block {
  next: number;
  end: number;
}

/**
 * Hands out ids from blocks that are reserved in the database (hi/lo): unique over all nodes, below 2^53, not gapless.
 */
@Injectable()
export class Ids {
  private readonly blocks = new Map<IdKind, Block[]>();
  private readonly reserved = new Map<IdKind, { readonly size: number; readonly atMs: number }>();
  private readonly refills = new Mutex();

  constructor(private readonly database: Database) {}

  /** Ids that nobody else has or will have. Must not be called inside a transaction: it may need one of its own. */
  async claim(kind: IdKind, count: number): Promise<number[]> {
    const claimed: number[] = [];
    while (claimed.length < count) {
      const block = this.blocks.get(kind)?.[0];
      if (block) this.takeFrom(kind, block, claimed, count);
      else await this.refills.run(() => this.refill(kind, count));
    }
    return claimed;
  }

  private takeFrom(kind: IdKind, block: Block, claimed: number[], count: number): void {
    while (claimed.length < count && block.next < block.end) claimed.push(block.next++);
    if (block.next === block.end) this.blocks.get(kind)?.shift();
  }

  /** Nothing to do if somebody else has done it while this one waited. */
  private async refill(kind: IdKind, count: number): Promise<void> {
    const blocks = this.blocks.get(kind) ?? [];
    if (blocks.length > 0) return;
    const size = Math.max(this.nextSize(kind), count);
    const start = await this.database.transaction((tx) => this.reserve(tx, kind, size));
    blocks.push({ next: start, end: start + size });
    this.blocks.set(kind, blocks);
    this.reserved.set(kind, { size, atMs: performance.now() });
  }

  private nextSize(kind: IdKind): number {
    const last = this.reserved.get(kind);
    if (!last || performance.now() - last.atMs > LASTS_MS) return FIRST_BLOCK_SIZE;
    return Math.min(2 * last.size, LARGEST_BLOCK_SIZES[kind]);
  }

  private async reserve(tx: EntityManager, kind: IdKind, size: number): Promise<number> {
    const rows = tx.getRepository(IdBlockEntity);
    const find = () => rows.findOne({ where: { kind }, ...this.database.forUpdate });
    let row = await find();
    if (!row) {
      // Of several nodes that are the first ever, one inserts.
      await rows.createQueryBuilder().insert().values({ kind, next: 1 }).orIgnore().execute();
      row = await find();
    }
    const next = row?.next ?? 1;
    await rows.update({ kind }, { next: next + size });
    return next;
  }
}
