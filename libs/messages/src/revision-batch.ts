import type { Media, MediaAttachments } from '@app/media';
import type { UserDirectory } from '@app/users';
import { EntityManager, In } from 'typeorm';
import { composeMessage } from './compose-message';
import { Message } from './message';
import type { MessageBodies, NewBody, StoredBody } from './message-bodies';
import { MessageNotFound } from './messages.errors';
import type { MessagesRepository } from './messages.repository';
import { MessageRevisionEntity } from './persistence/message-revision.entity';
import { MessageEntity } from './persistence/message.entity';

interface Draft {
  row: MessageEntity;
  /** Undefined if it is nowhere to be found; that keeps nobody from editing or deleting the message. */
  body: StoredBody | undefined;
  media: readonly Media[];
  /** How many earlier texts there are. */
  revisions: number;
}

/** Where the parts of messages are kept. */
interface Stores {
  readonly messages: MessagesRepository;
  readonly bodies: MessageBodies;
  readonly directory: UserDirectory;
  readonly attachments: MediaAttachments;
}

/** The edits and deletions of one commit. Each sees what the ones before it did. */
export class RevisionBatch {
  private readonly changed = new Set<number>();
  private readonly newBodies: NewBody[] = [];
  /** Messages whose files are to go. */
  private readonly bereaved: number[] = [];
  private readonly newRevisions: MessageRevisionEntity[] = [];

  private constructor(
    private readonly drafts: ReadonlyMap<number, Draft>,
    private readonly senders: Awaited<ReturnType<UserDirectory['getNames']>>,
    /** Bodies that stand ready for these edits. */
    private readonly stagedBodyIds: readonly number[],
  ) {}

  static async load(
    tx: EntityManager,
    writes: readonly { readonly messageId: number; readonly stagedBodyId: number | null }[],
    { messages, bodies, directory, attachments }: Stores,
  ): Promise<RevisionBatch> {
    const messageIds = [...new Set(writes.map(({ messageId }) => messageId))];
    const rows = [...(await messages.findByIds(messageIds, tx)).values()];
    // Only edits look at what was there before.
    const edited = new Set(
      writes.filter(({ stagedBodyId }) => stagedBodyId !== null).map(({ messageId }) => messageId),
    );
    const found = await bodies.findBodies(
      rows.flatMap(({ id, bodyId }) => (bodyId === null || !edited.has(id) ? [] : [bodyId])),
      tx,
    );
    const withMedia = rows.filter(({ mediaCount }) => mediaCount > 0);
    const media = await attachments.findOfMessages(
      withMedia.map(({ id }) => id),
      tx,
    );
    const counts = await countRevisions(tx, messageIds);
    const drafts = rows.map((row): [number, Draft] => [
      row.id,
      {
        row,
        body: row.bodyId === null ? undefined : found.get(row.bodyId),
        media: media.get(row.id) ?? [],
        revisions: counts.get(row.id) ?? 0,
      },
    ]);
    const staged = writes.flatMap(({ stagedBodyId }) => (stagedBodyId === null ? [] : [stagedBodyId]));
    const senders = await directory.getNames(rows.map(({ senderId }) => senderId));
    return new RevisionBatch(new Map(drafts), senders, staged);
  }

  get(messageId: number): Readonly<Draft> {
    return this.draft(messageId);
  }

  edit(body: NewBody, at: Date): void {
    const { messageId } = body;
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
    draft.body = body;
    this.changed.add(messageId);
  }

  delete(messageId: number, at: Date): void {
    const draft = this.draft(messageId);
    draft.row = { ...draft.row, deletedAt: at, mediaCount: 0 };
    if (draft.media.length > 0) this.bereaved.push(messageId);
    draft.media = [];
    this.changed.add(messageId);
  }

  compose(messageId: number): Message {
    const { row, body, media } = this.draft(messageId);
    return composeMessage(row, body, this.senders.get(row.senderId), media);
  }

  async store(tx: EntityManager, { bodies }: Pick<Stores, 'bodies'>): Promise<void> {
    bodies.discard(tx, this.listUnusedBodyIds());
    await bodies.add(tx, this.newBodies);
    if (this.newRevisions.length > 0) await tx.insert(MessageRevisionEntity, this.newRevisions);
    for (const messageId of this.changed) {
      const { row } = this.draft(messageId);
      if (row.deletedAt !== null) await this.removeBodies(tx, bodies, row);
      const bodyId = row.deletedAt === null ? row.bodyId : null;
      const { editedAt, deletedAt, mediaCount } = row;
      const key = { chatId: row.chatId, seq: row.seq };
      await tx.update(MessageEntity, key, { bodyId, editedAt, deletedAt, mediaCount });
    }
  }

  /** After messages of the same commit have taken theirs. */
  releaseMedia(tx: EntityManager, { attachments }: Pick<Stores, 'attachments'>): Promise<void> {
    return attachments.detach(tx, this.bereaved);
  }

  private async removeBodies(tx: EntityManager, bodies: MessageBodies, row: MessageEntity): Promise<void> {
    const revisions = await tx.findBy(MessageRevisionEntity, { messageId: row.id });
    const bodyIds = revisions.map(({ bodyId }) => bodyId);
    if (row.bodyId !== null) bodyIds.push(row.bodyId);
    await bodies.remove(tx, bodyIds);
    await tx.delete(MessageRevisionEntity, { messageId: row.id });
  }

  /** Staged for edits that changed nothing, or were refused. */
  private listUnusedBodyIds(): number[] {
    const used = new Set(this.newBodies.map(({ id }) => id));
    return this.stagedBodyIds.filter((bodyId) => !used.has(bodyId));
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
