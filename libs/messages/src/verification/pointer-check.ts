import { Database, readInOrder, Stretch } from '@app/database';
import { countAttachments } from '@app/media';
import type { Finding, StoreCheck } from '@app/platform';
import { In } from 'typeorm';
import { MessageEntity } from '../persistence/message.entity';
import type { BodyInventory } from './body-inventory';
import type { IdSet } from './id-set';
import { inBatches } from './in-batches';

const MESSAGES_AT_ONCE = 500;
const EVERYTHING: Stretch = { above: -1, upTo: Number.MAX_SAFE_INTEGER };

/** What messages point to is there: their texts, and the messages that they answer. */
export class PointerCheck implements StoreCheck {
  readonly subject = 'messages';
  seen = 0;

  constructor(
    private readonly database: Pick<Database, 'reads'>,
    private readonly inventory: BodyInventory,
    /** Loses the body of every message. */
    private readonly unreferenced: IdSet,
  ) {}

  async *findDamage(): AsyncGenerator<Finding> {
    const messages = readInOrder(this.database.reads, MessageEntity, ['chatId', 'seq'], EVERYTHING);
    for await (const batch of inBatches(messages, MESSAGES_AT_ONCE)) {
      this.seen += batch.length;
      for (const message of batch) {
        if (message.bodyId !== null) this.unreferenced.delete(message.bodyId);
        yield* findContradictions(message);
      }
      yield* this.findMissingBodies(batch);
      yield* this.findMissingTargets(batch);
      yield* this.findMissingMedia(batch);
    }
  }

  private async *findMissingBodies(batch: readonly MessageEntity[]): AsyncGenerator<Finding> {
    const bodyIds = batch.flatMap(({ bodyId }) => (bodyId === null ? [] : [bodyId]));
    const existing = await this.inventory.findExisting(bodyIds);
    const suspects = batch.filter(({ bodyId }) => bodyId !== null && !existing.has(bodyId));
    if (suspects.length === 0) return;
    // A deletion takes the pointer first and the body after: who still points to it now has lost it.
    const now = await this.findByIds(suspects.map(({ id }) => id));
    for (const { id, bodyId } of suspects) {
      const message = now.get(id);
      if (message?.bodyId === bodyId) yield damage(message, `points to body ${bodyId}, which does not exist`);
    }
  }

  /** Messages never go, so that who is answered is there whenever it is looked for. */
  private async *findMissingTargets(batch: readonly MessageEntity[]): AsyncGenerator<Finding> {
    const answers = batch.filter(({ replyTo }) => replyTo !== null);
    const targets = await this.findByIds(answers.flatMap(({ replyTo }) => replyTo ?? []));
    for (const message of answers) {
      const target = targets.get(message.replyTo ?? 0);
      if (!target) yield damage(message, `answers message ${message.replyTo}, which does not exist`);
      else if (target.chatId !== message.chatId) {
        yield damage(message, `answers message ${target.id} of another chat, ${target.chatId}`);
      }
    }
  }

  private async *findMissingMedia(batch: readonly MessageEntity[]): AsyncGenerator<Finding> {
    const bringing = batch.filter(({ mediaCount }) => mediaCount > 0);
    const counts = await countAttachments(
      this.database.reads,
      bringing.map(({ id }) => id),
    );
    const suspects = bringing.filter(({ id, mediaCount }) => counts.get(id) !== mediaCount);
    // A deletion takes them along.
    const now = await this.findByIds(suspects.map(({ id }) => id));
    for (const message of suspects) {
      const { id, mediaCount } = message;
      if (now.get(id)?.mediaCount !== mediaCount) continue;
      yield damage(message, `brings ${mediaCount} files by its own count, ${counts.get(id) ?? 0} by going through`);
    }
  }

  private async findByIds(ids: readonly number[]): Promise<Map<number, MessageEntity>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.reads.findBy(MessageEntity, { id: In([...new Set(ids)]) });
    return new Map(rows.map((row) => [row.id, row]));
  }
}

function* findContradictions(message: MessageEntity): Generator<Finding> {
  const isDeleted = message.deletedAt !== null;
  if (isDeleted && message.bodyId !== null)
    yield damage(message, `is deleted and still points to body ${message.bodyId}`);
  if (!isDeleted && message.bodyId === null) yield damage(message, 'is not deleted and points to no body');
}

function damage({ id, chatId, seq }: MessageEntity, problem: string): Finding {
  return { kind: 'pointer', text: `message ${id} (chat ${chatId}, seq ${seq}): ${problem}` };
}
