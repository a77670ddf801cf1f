import type { UserDirectory } from '@app/users';
import { EntityManager, In } from 'typeorm';
import { composeMessage } from './compose-message';
import { Message } from './message';
import type { MessageBodies, NewBody } from './message-bodies';
import { MessageNotFound } from './messages.errors';
import type { MessagesRepository } from './messages.repository';
import { MessageRevisionEntity } from './persistence/message-revision.entity';
import { MessageEntity } from './persistence/message.entity';

interface Draft {
  row: MessageEntity;
  content: string;
  /** How many earlier texts there are. */
  revisions: number;
}

/** The edits and deletions of one commit. Each sees what the ones before it did. */
export class RevisionBatch {
  private readonly changed = new Set<number>();
  private readonly newBodies: NewBody[] = [];
  private readonly newRevisions: MessageRevisionEntity[] = [];

  private constructor(
    private readonly drafts: ReadonlyMap<number, Draft>,
    private readonly senders: Awaited<ReturnType<UserDirectory['getNames']>>,
  ) {}

  static async load(
    tx: EntityManager,
    messageIds: readonly number[],
    messages: MessagesRepository,
    bodies: MessageBodies,
    directory: UserDirectory,
  ): Promise<RevisionBatch> {
    const rows = [...(await messages.findByIds(messageIds, tx)).values()];
    const contents = await bodies.findContents(
      rows.flatMap(({ bodyId }) => (bodyId === null ? [] : [bodyId])),
      tx,
    );
    const counts = await countRevisions(tx, messageIds);
    const drafts = rows.map((row): [number, Draft] => [
      row.id,
      {
        row,
        content: row.bodyId === null ? '' : (contents.get(row.bodyId) ?? ''),
        revisions: counts.get(row.id) ?? 0,
      },
    ]);
    return new RevisionBatch(new Map(drafts), await directory.getNames(rows.map(({ senderId }) => senderId)));
  }

  get(messageId: number): Readonly<Draft> {
    return this.draft(messageId);
  }

  edit(messageId: number, body: NewBody, at: Date): void {
    const draft = this.draft(messageId);
    const { row } = draft;
    if (row.bodyId === null) throw new Error(`message ${messageId} has no body to keep`);
    draft.revisions++;
    this.newRevisions.push({
      messageId,
      number: draft.revisions,
      bodyId: row.bodyId,
      writtenAt: row.editedAt ?? row.sentAt,
    });
    this.newBodies.push(body);
    draft.row = { ...row, bodyId: body.id, editedAt: at };
    draft.content = body.content;
    this.changed.add(messageId);
  }

  delete(messageId: number, at: Date): void {
    const draft = this.draft(messageId);
    draft.row = { ...draft.row, deletedAt: at };
    draft.content = '';
    this.changed.add(messageId);
  }

  compose(messageId: number): Message {
    const { row, content } = this.draft(messageId);
    return composeMessage(row, content, this.senders.get(row.senderId)?.username ?? '');
  }

  async store(tx: EntityManager, bodies: MessageBodies): Promise<void> {
    if (this.newBodies.length > 0) await bodies.add(tx, this.newBodies);
    if (this.newRevisions.length > 0) await tx.insert(MessageRevisionEntity, this.newRevisions);
    for (const messageId of this.changed) {
      const { row } = this.draft(messageId);
      if (row.deletedAt !== null) await this.removeBodies(tx, bodies, row);
      const bodyId = row.deletedAt === null ? row.bodyId : null;
      const { editedAt, deletedAt } = row;
      await tx.update(MessageEntity, { chatId: row.chatId, seq: row.seq }, { bodyId, editedAt, deletedAt });
    }
  }

  private async removeBodies(tx: EntityManager, bodies: MessageBodies, row: MessageEntity): Promise<void> {
    const revisions = await tx.findBy(MessageRevisionEntity, { messageId: row.id });
    const bodyIds = revisions.map(({ bodyId }) => bodyId);
    if (row.bodyId !== null) bodyIds.push(row.bodyId);
    await bodies.remove(tx, bodyIds);
    await tx.delete(MessageRevisionEntity, { messageId: row.id });
  }

  private draft(messageId: number): Draft {
    const draft = this.drafts.get(messageId);
    if (!draft) throw new MessageNotFound();
    return draft;
  }
}

/** How many earlier texts each message has, without reading them: an edit costs the same however many there are. */
async function countRevisions(tx: EntityManager, messageIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await tx
    .createQueryBuilder(MessageRevisionEntity, 'revision')
    .select('revision.messageId', 'messageId')
    .addSelect('MAX(revision.number)', 'latest')
    .where({ messageId: In([...messageIds]) })
    .groupBy('revision.messageId')
    .getRawMany<{ messageId: number | string; latest: number | string }>();
  return new Map(rows.map(({ messageId, latest }) => [Number(messageId), Number(latest)]));
}
