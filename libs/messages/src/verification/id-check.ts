import { ChatEntity } from '@app/chats';
import { Database, IdBlockEntity, IdKind } from '@app/database';
import { findHighestMediaId } from '@app/media';
import type { Finding, StoreCheck } from '@app/platform';
import { MessageEntity } from '../persistence/message.entity';
import type { BodyInventory } from './body-inventory';

/**
 * Ids that will be given are above those that were. Where stores were restored to different moments they may not be,
 * and a new message could be given the id of a body that is there already.
 */
export class IdCheck implements StoreCheck {
  readonly subject = 'kinds of ids';
  seen = 0;

  constructor(
    private readonly database: Pick<Database, 'reads'>,
    private readonly inventory: BodyInventory,
  ) {}

  async *findDamage(): AsyncGenerator<Finding> {
    // What is used first, and then how far ids were given out, since both only grow.
    const { reads } = this.database;
    const highest: Record<IdKind, number> = {
      chat: Number((await reads.maximum(ChatEntity, 'id')) ?? 0),
      message: Number((await reads.maximum(MessageEntity, 'id')) ?? 0),
      media: await findHighestMediaId(reads),
      body: await this.inventory.findHighestId(),
    };
    const blocks = new Map((await reads.find(IdBlockEntity)).map(({ kind, next }) => [kind, next]));
    for (const [kind, used] of Object.entries(highest)) {
      this.seen++;
      const next = blocks.get(kind) ?? 1;
      if (used < next) continue;
      yield { kind: 'id', text: `id_blocks ${kind}: next is ${next}, but ${kind} ${used} exists` };
    }
  }
}
