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
 */
@Injectable()
export class Ids {
  private readonly blocks = new Map<IdKind, Block[]>();

  constructor(private readonly database: Database) {}

  /** Ids that nobody else has or will have. Must not be called inside a transaction: it may need one of its own. */
  async claim(kind: IdKind, count: number): Promise<number[]> {
    const claimed: number[] = [];
    while (claimed.length < count) {
      const block = this.blocks.get(kind)?.[0];
      if (block) this.takeFrom(kind, block, claimed, count);
      else await this.addBlock(kind, Math.max(BLOCK_SIZE, count));
    }
    return claimed;
  }

  private takeFrom(kind: IdKind, block: Block, claimed: number[], count: number): void {
    while (claimed.length < count && block.next < block.end) claimed.push(block.next++);
    if (block.next === block.end) this.blocks.get(kind)?.shift();
  }

  private async addBlock(kind: IdKind, size: number): Promise<void> {
    const start = await this.database.transaction(async (tx) => {
      const blocks = tx.getRepository(IdBlockEntity);
      const { next } = (await blocks.findOneBy({ kind })) ?? { next: 1 };
      await blocks.save({ kind, next: next + size });
      return next;
    });
    const blocks = this.blocks.get(kind) ?? [];
    blocks.push({ next: start, end: start + size });
    this.blocks.set(kind, blocks);
  }
}
