import type { Actor } from '@app/platform';
import { ChatAction, requireJoinable, requirePermission } from '../chat-policy';
import type { Names } from '../chat-views';
import type { ChatChange } from '../chats.events';
import { NotParticipant } from '../chats.errors';
import type { ChatEventEntity } from '../persistence/chat-event.entity';
import type { ChatEntity } from '../persistence/chat.entity';
import type { ParticipantEntity } from '../persistence/participant.entity';

/**
 * A chat whose row this commit has locked. Writers read it, and note in it what they change;
 * the log stores the notes with the commit. A write sees what the writes before it have noted.
 */
export class LockedChat {
  readonly events: ChatEventEntity[] = [];
  readonly changedMembers = new Map<number, ParticipantEntity>();
  readonly removedUserIds = new Set<number>();
  private isTouched = false;
  private haveMembersChanged = false;
  private readonly knownNames: Names = new Map();

  constructor(
    private readonly row: ChatEntity,
    /** The members that were loaded: all, if a writer of this commit needs them, else the actors. */
    private readonly members: Map<number, ParticipantEntity>,
    /** The moment of this commit. */
    readonly now: Date,
  ) {}

  get id(): number {
    return this.row.id;
  }

  get state(): Readonly<ChatEntity> {
    return this.row;
  }

  get touched(): boolean {
    return this.isTouched;
  }

  /** True if someone came or went: then all members were loaded. */
  get membersChanged(): boolean {
    return this.haveMembersChanged;
  }

  /** Longest-standing first. */
  listMembers(): readonly ParticipantEntity[] {
    return [...this.members.values()].sort(
      (a, b) => a.joinedAt.getTime() - b.joinedAt.getTime() || a.userId - b.userId,
    );
  }

  findMember(userId: number): ParticipantEntity | undefined {
    return this.members.get(userId);
  }

  getMember(userId: number): ParticipantEntity {
    const member = this.members.get(userId);
    if (!member) throw new NotParticipant(userId);
    return member;
  }

  /** The same verdict as everywhere, on the membership as it is in this transaction. */
  requirePermission(action: ChatAction, actor: Actor): void {
    requirePermission(action, this.row, this.members.get(actor.userId));
  }

  /** For who comes in without being invited. */
  requireJoinable(actor: Actor): void {
    requireJoinable(this.row, this.members.get(actor.userId));
  }

  /** Adds what a write knows of names, and gives back all that this commit knows: of people who came in it, too. */
  learnNames(names: Names): Names {
    for (const [userId, name] of names) this.knownNames.set(userId, name);
    return this.knownNames;
  }

  /** Takes the next number for a change that is kept as an event. `details` may hold no text of messages. */
  recordEvent(kind: string, subjectId: number, details: object = {}): ChatChange {
    const change = this.takeSeq();
    this.events.push({
      chatId: this.id,
      seq: change.seq,
      kind,
      at: change.at,
      subjectId,
      details: JSON.stringify(details),
    });
    return change;
  }

  /** Takes the next number for a new message, and counts it. */
  recordMessage(): ChatChange & { readonly ordinal: number } {
    const change = this.takeSeq();
    this.row.lastMessageSeq = change.seq;
    this.row.messageCount++;
    return { ...change, ordinal: this.row.messageCount };
  }

  rename(name: string | null): void {
    this.row.name = name;
  }

  close(): void {
    this.row.isActive = false;
  }

  putMember(member: ParticipantEntity): void {
    this.haveMembersChanged ||= !this.members.has(member.userId);
    this.members.set(member.userId, member);
    this.changedMembers.set(member.userId, member);
    this.removedUserIds.delete(member.userId);
  }

  removeMember(userId: number): void {
    if (!this.members.delete(userId)) return;
    this.haveMembersChanged = true;
    this.changedMembers.delete(userId);
    this.removedUserIds.add(userId);
  }

  private takeSeq(): ChatChange {
    this.isTouched = true;
    this.row.lastSeq++;
    this.row.updatedAt = this.now;
    return { chatId: this.id, seq: this.row.lastSeq, at: this.now };
  }
}
