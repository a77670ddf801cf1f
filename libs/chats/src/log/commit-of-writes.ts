import { DomainError, DomainEvent } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { ChatNotFound } from '../chats.errors';
import type { ChatEventEntity } from '../persistence/chat-event.entity';
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

/** What a run came to. */
interface Outcome {
  readonly events: DomainEvent[];
  readonly answers: (() => void)[];
  readonly rows: ChatEventEntity[];
}

/** One batch of writes on its way to disk. */
export class CommitOfWrites {
  private readonly byWriter: ReadonlyMap<AnyWriter, readonly ChatWrite[]>;
  private outcome: Outcome = { events: [], answers: [], rows: [] };
  private prepared: ReadonlyMap<AnyWriter, unknown> = new Map();

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

  get events(): readonly DomainEvent[] {
    return this.outcome.events;
  }

  get chatIds(): number[] {
    return [...new Set(this.batch.map(({ write }) => write.chatId))];
  }

  /** May be run again, if the store took back what the run before had done. */
  async run(tx: EntityManager): Promise<void> {
    this.outcome = { events: [], answers: [], rows: [] };
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
    for (const [writer, state] of prepared) await writer.release(tx, state);
    this.outcome.rows.push(...[...chats.values()].flatMap((chat) => chat.events));
    this.prepared = prepared;
  }

  /**
   * Whether the last run is on disk, when nobody said so. All of it is or nothing, so one trace tells.
   * Waits for a transaction that is still on its way. False also if it left no trace: then it may be run again.
   */
  async wasStored(tx: EntityManager): Promise<boolean> {
    await this.repository.hold(tx, this.chatIds);
    const [event] = this.outcome.rows;
    if (event) return this.repository.hasEvent(tx, event);
    for (const [writer, state] of this.prepared) {
      const isStored = await writer.wasStored(tx, state);
      if (isStored !== undefined) return isStored;
    }
    return false;
  }

  /** Tells every caller; only after the commit. */
  settle(): void {
    for (const answer of this.outcome.answers) answer();
  }

  private apply({ writer, write, resolve, reject }: PendingWrite, chat: LockedChat | undefined, state: unknown): void {
    try {
      if (!chat) throw new ChatNotFound();
      const { result, events = [] } = writer.apply(write, chat, state);
      this.outcome.events.push(...events);
      this.outcome.answers.push(() => resolve(result));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.outcome.answers.push(() => reject(error));
    }
  }
}
