import { Injectable } from '@nestjs/common';
import { Database } from './database';
import { IdBlockEntity } from './id-block.entity';

const BLOCK_SIZE = 1000;

/** What is numbered by the application, so that one statement inserts a whole batch without reading ids back. */
export type IdKind = 'chat' | 'message' | 'body';

interface Block {
  next: number;
  end: number;
}

/**
 * Hands out ids from blocks that are reserved in the database (hi/lo): unique over all nodes, below 2^53, not gapless.
 * Reserve before the transaction, then take within it.
 */
@Injectable()
export class Ids {
  private readonly blocks = new Map<IdKind, Block[]>();

  constructor(private readonly database: Database) {}

  /** Makes sure that `count` calls of `take` will succeed. Must not be called inside a transaction. */
  async reserve(kind: IdKind, count: number): Promise<void> {
    while (this.available(kind) < count) {
      const size = Math.max(BLOCK_SIZE, count);
      const start = await this.reserveBlock(kind, size);
      const blocks = this.blocks.get(kind) ?? [];
      blocks.push({ next: start, end: start + size });
      this.blocks.set(kind, blocks);
    }
  }

  take(kind: IdKind): number {
    const blocks = this.blocks.get(kind);
    const block = blocks?.[0];
    if (!blocks || !block) throw new Error(`no ids of kind ${kind} were reserved`);
    const id = block.next++;
    if (block.next === block.end) blocks.shift();
    return id;
  }

  private available(kind: IdKind): number {
    return (this.blocks.get(kind) ?? []).reduce((sum, block) => sum + block.end - block.next, 0);
  }

  private reserveBlock(kind: IdKind, size: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const blocks = tx.getRepository(IdBlockEntity);
      const { next } = (await blocks.findOneBy({ kind })) ?? { next: 1 };
      await blocks.save({ kind, next: next + size });
      return next;
    });
  }
}
