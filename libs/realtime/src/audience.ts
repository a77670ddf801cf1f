import { Injectable } from '@nestjs/common';
import { OpenConnection } from './open-connection';
import { Presence } from './presence/presence';
import { ChatStreams } from './streams/chat-streams';

/** Who of this node hears which chat, in step with who is a member. */
@Injectable()
export class Audience {
  private readonly byUser = new Map<number, Set<OpenConnection>>();

  constructor(
    private readonly streams: ChatStreams,
    private readonly presence: Presence,
  ) {}

  /** From now on its user's memberships are watched; it hears nothing yet. */
  add(entry: OpenConnection): void {
    const entries = this.byUser.get(entry.userId) ?? new Set();
    this.byUser.set(entry.userId, entries.add(entry));
  }

  remove(entry: OpenConnection): void {
    const entries = this.byUser.get(entry.userId);
    if (entries?.delete(entry) && entries.size === 0) this.byUser.delete(entry.userId);
    this.leave(entry, entry.heardChatIds);
    this.release(entry, [...entry.heldChatIds]);
  }

  /** A user's connections here. */
  listOf(userId: number): readonly OpenConnection[] {
    return [...(this.byUser.get(userId) ?? [])];
  }

  /** True if a connection that hears all chats of this person does not hear this one. */
  misses(chatId: number, userId: number): boolean {
    return this.listOf(userId).some((entry) => entry.isGreeted && entry.mayHear(chatId) && !entry.hears(chatId));
  }

  /** What those who are not let in yet have read of their memberships may not be true any more. */
  doubtArrivals(): void {
    for (const entries of this.byUser.values()) {
      for (const entry of entries) if (!entry.isGreeted) entry.isOutdated = true;
    }
  }

  userIds(): Iterable<number> {
    return this.byUser.keys();
  }

  /** Takes the streams of these chats for the connection. Resolves when they miss nothing from then on. */
  async hold(entry: OpenConnection, chatIds: Iterable<number>): Promise<void> {
    const missing = [...chatIds].filter((chatId) => !entry.holds(chatId));
    for (const chatId of missing) entry.hold(chatId);
    this.streams.hold(missing);
    await this.streams.whenFollowed(entry.heldChatIds);
  }

  /** Lets go of the streams that it does not need after all. */
  keep(entry: OpenConnection, chatIds: ReadonlyMap<number, unknown>): void {
    const unneeded = [...entry.heldChatIds].filter((chatId) => !chatIds.has(chatId));
    this.release(entry, unneeded);
  }

  /** The chat is known to have come as far as `seq`. @returns how far this node has told it: from there on nothing is missed */
  reach(chatId: number, seq: number): number {
    const stream = this.streams.get(chatId);
    stream.reached(seq);
    return stream.lastSeq;
  }

  /** In one turn with the greeting: nothing can be told between the two. Its presence is counted before. */
  join(entry: OpenConnection, positions: ReadonlyMap<number, number>): void {
    for (const [chatId, seq] of positions) this.joinOne(entry, chatId, seq);
  }

  /**
   * The person is a member as of `seq`, and hears the chat.
   * @param tell is called in between: who comes hears of it too, and that he or she is online is said afterwards
   * @returns false if that is old news, and the person hears less than that: the database has to say what is true
   */
  memberAdded(chatId: number, userId: number, seq: number, tell: () => void = () => undefined): boolean {
    const concerned = this.listOf(userId).filter((entry) => entry.mayHear(chatId) && !entry.hears(chatId));
    const isOld = (this.streams.find(chatId)?.lastSeq ?? 0) > seq;
    for (const entry of concerned) entry.isOutdated = true;
    const listeners = isOld ? [] : concerned.filter((entry) => entry.isGreeted);
    for (const entry of listeners) this.joinLate(entry, chatId, seq);
    tell();
    for (const entry of listeners) void this.presence.joined(entry.userId, [chatId]);
    return !isOld || concerned.length === 0;
  }

  /** The person is no member any more as of `seq`. @returns the connections that have nothing left to hear */
  memberRemoved(chatId: number, userId: number, seq: number): OpenConnection[] {
    const entries = this.listOf(userId).filter((entry) => entry.mayHear(chatId));
    for (const entry of entries) entry.isOutdated = true;
    const leaving = entries.filter((entry) => (entry.hearsSince(chatId) ?? Infinity) < seq);
    for (const entry of leaving) {
      this.leave(entry, [chatId]);
      this.release(entry, [chatId]);
    }
    return leaving.filter((entry) => entry.connection.onlyChatId === chatId);
  }

  private joinOne(entry: OpenConnection, chatId: number, seq: number): void {
    if (entry.hears(chatId)) return;
    const stream = this.streams.get(chatId);
    stream.reached(seq);
    stream.addListener();
    entry.hear(chatId, seq);
    entry.connection.join(chatId);
    if (stream.isInDoubt) this.streams.catchUp([chatId]);
  }

  /** What happens until the chat is followed goes by unheard: it is fetched then. */
  private joinLate(entry: OpenConnection, chatId: number, seq: number): void {
    const held = this.hold(entry, [chatId]);
    const isFollowed = this.streams.get(chatId).following === undefined;
    this.joinOne(entry, chatId, seq);
    if (!isFollowed) void held.then(() => this.streams.catchUp([chatId]));
  }

  private leave(entry: OpenConnection, chatIds: readonly number[]): void {
    for (const chatId of chatIds) {
      entry.hearNoMore(chatId);
      entry.connection.leave(chatId);
      this.streams.get(chatId).removeListener();
    }
    this.presence.left(entry.userId, chatIds);
  }

  private release(entry: OpenConnection, chatIds: readonly number[]): void {
    for (const chatId of chatIds) entry.release(chatId);
    this.streams.release(chatIds);
  }
}
