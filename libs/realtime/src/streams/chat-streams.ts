import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { ChatsRepository, topicOfChat } from '@app/chats';
import { EventBus } from '@app/platform';
import { Change, ChatStream } from './chat-stream';
import { HoleFiller } from './hole-filler';

/** Chats that are looked up in one query. */
const BATCH = 500;
const RETRY_MS = 500;

/**
 * The streams of the chats that this node's connections need, and no others: a chat is followed on the bus from the
 * first holder to the last. What the database has beyond a stream is fetched.
 */
@Injectable()
export class ChatStreams implements OnModuleDestroy {
  private readonly logger = new Logger(ChatStreams.name);
  private readonly streams = new Map<number, ChatStream>();
  private readonly inDoubt = new Set<number>();
  private isLookingUp = false;
  private isStopped = false;
  private tell: (change: Change) => void = () => undefined;

  constructor(
    private readonly bus: EventBus,
    private readonly chats: ChatsRepository,
    private readonly filler: HoleFiller,
  ) {}

  /** Who is handed the changes: each once, in the order of its chat. */
  onChange(tell: (change: Change) => void): void {
    this.tell = tell;
  }

  find(chatId: number): ChatStream | undefined {
    return this.streams.get(chatId);
  }

  /** @throws Error if nobody holds it */
  get(chatId: number): ChatStream {
    const stream = this.streams.get(chatId);
    if (!stream) throw new Error(`the stream of chat ${chatId} is used without being held`);
    return stream;
  }

  /** Takes hold of the chats' streams. */
  hold(chatIds: readonly number[]): void {
    const isNew = (chatId: number) => !this.streams.has(chatId);
    this.follow(chatIds.filter(isNew).map((chatId) => this.create(chatId)));
    for (const chatId of chatIds) this.get(chatId).holders++;
  }

  /** Resolves when no change of these chats is missed that happens from then on: those before are in the database. */
  async whenFollowed(chatIds: Iterable<number>): Promise<void> {
    const following = [...chatIds].flatMap((chatId) => this.get(chatId).following ?? []);
    await Promise.all([...new Set(following)]);
  }

  release(chatIds: readonly number[]): void {
    const unneeded: ChatStream[] = [];
    for (const chatId of chatIds) {
      const stream = this.get(chatId);
      stream.holders--;
      if (stream.holders > 0) continue;
      this.streams.delete(chatId);
      unneeded.push(stream);
    }
    if (unneeded.length > 0) this.bus.unfollow(unneeded.map(topicOfChat));
  }

  /** Chats that somebody here hears. */
  listHeard(): number[] {
    return [...this.streams.values()].filter(({ isHeard }) => isHeard).map(({ chatId }) => chatId);
  }

  /** Events about these chats may have been missed: compares with the database, and fetches what is missing. */
  catchUp(chatIds: Iterable<number>): void {
    this.markInDoubt(chatIds);
    if (!this.isLookingUp && this.inDoubt.size > 0) void this.lookUp();
  }

  onModuleDestroy(): void {
    this.isStopped = true;
  }

  private create(chatId: number): ChatStream {
    const onHole = (stream: ChatStream) => this.filler.mend(stream);
    const stream = new ChatStream(chatId, (change) => this.tell(change), onHole);
    this.streams.set(chatId, stream);
    return stream;
  }

  private follow(streams: readonly ChatStream[]): void {
    if (streams.length === 0) return;
    const following = this.bus
      .follow(streams.map(topicOfChat))
      .catch((error: unknown) => this.logger.error({ err: error }, 'chats can not be followed'))
      .then(() => {
        for (const stream of streams) stream.following = undefined;
      });
    for (const stream of streams) stream.following = following;
  }

  private async lookUp(): Promise<void> {
    this.isLookingUp = true;
    while (this.inDoubt.size > 0 && !this.isStopped) {
      const batch = [...this.inDoubt].slice(0, BATCH);
      for (const chatId of batch) {
        this.inDoubt.delete(chatId);
        const stream = this.streams.get(chatId);
        if (stream) stream.isInDoubt = false;
      }
      try {
        const positions = await this.chats.findPositions(batch);
        for (const [chatId, seq] of positions) this.streams.get(chatId)?.reached(seq);
      } catch (error) {
        this.logger.warn(
          { err: error, chats: batch.length },
          'could not look up what chats may have missed; trying again',
        );
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
        this.markInDoubt(batch);
      }
    }
    this.isLookingUp = false;
  }

  private markInDoubt(chatIds: Iterable<number>): void {
    for (const chatId of chatIds) {
      const stream = this.streams.get(chatId);
      if (stream?.isHeard) this.inDoubt.add(chatId);
      if (stream) stream.isInDoubt = true;
    }
  }
}
