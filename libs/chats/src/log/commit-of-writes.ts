import { DomainError, DomainEvent } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { ChatNotFound } from '../chats.errors';
import type { ChatLogRepository } from './chat-log.repository';
import type { ChatWrite, ChatWriter } from './chat-write';
import type { LockedChat } from './locked-chat';

type AnyWriter = ChatWriter<ChatWrite, unknown, unknown>;

/** A write that waits for its commit, and whom to tell. */
export interface PendingWrite {
  readonly writer: AnyWriter;
  readonly write: ChatWrite;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** One batch of writes on its way to disk. */
export class CommitOfWrites {
  readonly events: DomainEvent[] = [];
  private readonly byWriter: ReadonlyMap<AnyWriter, readonly ChatWrite[]>;
  private readonly answers: (() => void)[] = [];

  constructor(
    private readonly batch: readonly PendingWrite[],
    private readonly repository: ChatLogRepository,
    private readonly now: Date,
  ) {
    this.byWriter = new Map(
      [...Map.groupBy(batch, ({ writer }) => writer)].map(([writer, entries]) => [
        writer,
        entries.map(({ write }) => write),
      ]),
    );
  }

  async before(): Promise<void> {
    for (const [writer, writes] of this.byWriter) await writer.before(writes);
  }

  async run(tx: EntityManager): Promise<void> {
    const wanted = this.batch.map(({ writer, write }) => ({
      chatId: write.chatId,
      userId: write.actor.userId,
      all: writer.needsAllMembers,
    }));
    const chats = await this.repository.lock(tx, wanted, this.now);
    const prepared = new Map<AnyWriter, unknown>();
    for (const [writer, writes] of this.byWriter) prepared.set(writer, await writer.prepare(tx, writes));
    for (const entry of this.batch) this.apply(entry, chats.get(entry.write.chatId), prepared.get(entry.writer));
    await this.repository.store(tx, [...chats.values()]);
    for (const [writer, state] of prepared) await writer.flush(tx, state);
  }

  /** Tells every caller; only after the commit. */
  settle(): void {
    for (const answer of this.answers) answer();
  }

  private apply({ writer, write, resolve, reject }: PendingWrite, chat: LockedChat | undefined, state: unknown): void {
    try {
      if (!chat) throw new ChatNotFound();
      const { result, events = [] } = writer.apply(write, chat, state);
      this.events.push(...events);
      this.answers.push(() => resolve(result));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.answers.push(() => reject(error));
    }
  }
}
