import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { ChangesOfChat, MessageBodyMissing } from '@app/messages';
import { Metrics } from '@app/platform';
import type { ChatStream } from './chat-stream';

/** Changes of two nodes may overtake each other: nearly every hole closes by itself in this time. */
const OVERTAKING_MS = 150;
const PAGE = 100;
/** Reads under way at once: after an outage there may be a hole in every chat. */
const MAX_READS = 4;
const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 5000;
/** A store that answers and still does not have a change, asked so often, will not have it. */
const MAX_VAIN_READS = 6;

/** Reads from the database what the bus did not bring: page by page, a few chats at a time, until every stream is whole. */
@Injectable()
export class HoleFiller implements OnModuleDestroy {
  private readonly logger = new Logger(HoleFiller.name);
  /** Bounded by the streams that this node has; each is once in it. */
  private readonly mending = new Set<ChatStream>();
  private readonly waiting: ChatStream[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly failures = new WeakMap<ChatStream, { reads: number; vain: number }>();
  private reads = 0;
  private isStopped = false;

  constructor(
    private readonly changes: ChangesOfChat,
    private readonly metrics: Metrics,
  ) {}

  /** The stream misses something; twice is as once. */
  mend(stream: ChatStream): void {
    if (this.mending.has(stream)) return;
    this.mending.add(stream);
    this.watch(stream);
  }

  onModuleDestroy(): void {
    this.isStopped = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** Reads only if it is the same hole after a while: in a lively chat there is always some event ahead of another. */
  private watch(stream: ChatStream): void {
    const { lastSeq } = stream;
    this.later(OVERTAKING_MS, () => {
      if (!stream.hasHole) this.mending.delete(stream);
      else if (stream.lastSeq > lastSeq) this.watch(stream);
      else this.queue(stream);
    });
  }

  private queue(stream: ChatStream): void {
    this.waiting.push(stream);
    this.work();
  }

  private work(): void {
    while (this.reads < MAX_READS) {
      const stream = this.waiting.shift();
      if (!stream) return;
      this.reads++;
      void this.read(stream).finally(() => {
        this.reads--;
        this.work();
      });
    }
  }

  private async read(stream: ChatStream): Promise<void> {
    const before = stream.lastSeq;
    try {
      if (!stream.hasHole) return this.watch(stream);
      const { changes, more } = await this.changes.readAfter(stream.chatId, before, Math.min(PAGE, stream.holeSize));
      for (const change of changes) stream.accept(change);
      this.metrics.refetchedChanges.inc(changes.length);
      if (stream.hasHole && stream.lastSeq === before) return this.retry(stream, undefined);
      this.failures.delete(stream);
      if (more && stream.hasHole) this.queue(stream);
      else this.watch(stream);
    } catch (error) {
      this.retry(stream, error);
    }
  }

  /** A store that is down is waited for; a change that it does not have is not waited for for ever. */
  private retry(stream: ChatStream, error: unknown): void {
    const failed = this.failures.get(stream) ?? { reads: 0, vain: 0 };
    failed.reads++;
    if (error === undefined || error instanceof MessageBodyMissing) failed.vain++;
    this.failures.set(stream, failed);
    const context = { chatId: stream.chatId, after: stream.lastSeq, err: error };
    if (failed.vain >= MAX_VAIN_READS) {
      this.logger.error(context, 'changes of a chat can not be read; its sockets are told without them');
      this.failures.delete(stream);
      stream.skipHole();
      return this.watch(stream);
    }
    if (failed.reads === 1) this.logger.warn(context, 'changes of a chat could not be read; trying again');
    this.later(Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failed.reads, 10)), () => this.queue(stream));
  }

  private later(delayMs: number, work: () => void): void {
    if (this.isStopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, delayMs);
    this.timers.add(timer.unref());
  }
}
