import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { ChatsRepository } from '@app/chats';
import { Audience } from './audience';
import { ChatStreams } from './streams/chat-streams';

/** People, and chats, that are looked up in one query. */
const BATCH = 500;
const RETRY_MS = 500;
/** A chat's changes from someone's arrival on are told late up to here; beyond, clients ask for them themselves. */
const MAX_TOLD_LATE = 1000;
/** Membership news may overtake a look at the database so often. */
const MAX_LOOKS = 5;

/**
 * Lets people of this node hear chats that they came into without this node being told.
 * (Who has gone is found by the chat's own stream: the removal is one of its changes.)
 */
@Injectable()
export class Memberships implements OnModuleDestroy {
  private readonly logger = new Logger(Memberships.name);
  private readonly inDoubt = new Set<number>();
  private isLooking = false;
  private isStopped = false;

  constructor(
    private readonly chats: ChatsRepository,
    private readonly audience: Audience,
    private readonly streams: ChatStreams,
  ) {}

  /** What this node was told of the person's memberships may not be true any more. */
  check(userId: number): void {
    this.inDoubt.add(userId);
    if (!this.isLooking) void this.look();
  }

  /** Finds people here who came into a chat after `since` and do not hear it. */
  async checkSince(since: Date): Promise<void> {
    this.audience.doubtArrivals();
    const userIds = [...this.audience.userIds()];
    for (let first = 0; first < userIds.length; first += BATCH) {
      const batch = userIds.slice(first, first + BATCH);
      for (const { chatId, userId } of await this.chats.findMembershipsSince(batch, since)) {
        if (this.audience.misses(chatId, userId)) this.check(userId);
      }
    }
  }

  /** Finds people here who are in one of these chats and do not hear it. */
  async checkChats(chatIds: readonly number[]): Promise<void> {
    this.audience.doubtArrivals();
    for (let first = 0; first < chatIds.length; first += BATCH) {
      const members = await this.chats.findMembers(chatIds.slice(first, first + BATCH));
      for (const { chatId, userId } of [...members.values()].flat()) {
        if (this.audience.misses(chatId, userId)) this.check(userId);
      }
    }
  }

  onModuleDestroy(): void {
    this.isStopped = true;
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    for (const userId of this.inDoubt) {
      if (this.isStopped) return;
      this.inDoubt.delete(userId);
      try {
        await this.admit(userId);
      } catch (error) {
        this.logger.warn({ err: error, userId }, 'could not look up the chats of someone; trying again');
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
        if (this.audience.listOf(userId).length > 0) this.inDoubt.add(userId);
      }
    }
    this.isLooking = false;
  }

  private async admit(userId: number): Promise<void> {
    for (let looks = 0; looks < MAX_LOOKS; looks++) {
      const positions = await this.chats.findPositionsOfMember(userId);
      const missed = [...positions].filter(([chatId]) => this.audience.misses(chatId, userId));
      if (missed.length === 0) return;
      const arrivals = await this.chats.findArrivals(
        userId,
        missed.map(([chatId]) => chatId),
      );
      for (const [chatId, lastSeq] of missed) {
        const arrival = arrivals.get(chatId) ?? 1;
        const isLong = lastSeq - arrival > MAX_TOLD_LATE;
        // Where others hear the chat already, it goes on from where they are.
        const from = isLong || this.streams.find(chatId) ? lastSeq : arrival - 1;
        this.audience.memberAdded(chatId, userId, from);
      }
    }
  }
}
