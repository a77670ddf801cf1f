import { Database, readInOrder, Stretch } from '@app/database';
import type { Finding, StoreCheck } from '@app/platform';
import { In } from 'typeorm';
import { MessageRevisionEntity } from '../persistence/message-revision.entity';
import { MessageEntity } from '../persistence/message.entity';
import type { BodyInventory } from './body-inventory';
import type { IdSet } from './id-set';
import { inBatches } from './in-batches';

const REVISIONS_AT_ONCE = 500;
const EVERYTHING: Stretch = { above: -1, upTo: Number.MAX_SAFE_INTEGER };

/** Earlier texts of messages: that they are all there, and gone with their message. */
export class RevisionCheck implements StoreCheck {
  readonly subject = 'revisions';
  seen = 0;
  private last: Pick<MessageRevisionEntity, 'messageId' | 'number'> = { messageId: 0, number: 0 };

  constructor(
    private readonly database: Pick<Database, 'reads'>,
    private readonly inventory: BodyInventory,
    /** Loses the body of every revision. */
    private readonly unreferenced: IdSet,
  ) {}

  async *findDamage(): AsyncGenerator<Finding> {
    const revisions = readInOrder(this.database.reads, MessageRevisionEntity, ['messageId', 'number'], EVERYTHING);
    for await (const batch of inBatches(revisions, REVISIONS_AT_ONCE)) {
      this.seen += batch.length;
      const messages = await this.findMessages(batch);
      const existing = await this.inventory.findExisting(batch.map(({ bodyId }) => bodyId));
      for (const revision of batch) {
        this.unreferenced.delete(revision.bodyId);
        const problem =
          this.findGap(revision) ??
          findProblem(revision, messages.get(revision.messageId), existing.has(revision.bodyId));
        if (problem !== undefined && (await this.isStillThere(revision))) yield damage(revision, problem);
      }
    }
  }

  private findGap(revision: MessageRevisionEntity): string | undefined {
    const expected = revision.messageId === this.last.messageId ? this.last.number + 1 : 1;
    this.last = revision;
    return revision.number === expected ? undefined : `comes where number ${expected} should`;
  }

  private async findMessages(batch: readonly MessageRevisionEntity[]): Promise<Map<number, MessageEntity>> {
    const ids = [...new Set(batch.map(({ messageId }) => messageId))];
    const rows = await this.database.reads.findBy(MessageEntity, { id: In(ids) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** A deletion takes the revisions first and their bodies after, so that one that is still here is good no more. */
  private isStillThere({ messageId, number }: MessageRevisionEntity): Promise<boolean> {
    return this.database.reads.existsBy(MessageRevisionEntity, { messageId, number });
  }
}

function findProblem(
  { bodyId }: MessageRevisionEntity,
  message: MessageEntity | undefined,
  hasBody: boolean,
): string | undefined {
  if (!message) return 'belongs to a message that does not exist';
  if (message.deletedAt !== null) return 'outlived its message, which is deleted';
  return hasBody ? undefined : `points to body ${bodyId}, which does not exist`;
}

function damage({ messageId, number }: MessageRevisionEntity, problem: string): Finding {
  return { kind: 'pointer', text: `message ${messageId}, revision ${number}: ${problem}` };
}
