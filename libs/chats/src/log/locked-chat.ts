import type { Actor } from '@app/platform';
import type { PersonName } from '@app/users';
import { ChatAction, requireJoinable, requirePermission } from '../chat-policy';
import type { Names } from '../chat-views';
import type { ChatChange } from '../chats.events';
import { NotParticipant } from '../chats.errors';
import type { ChatEventEntity } from '../persistence/chat-event.entity';
import type { ChatEntity } from '../persistence/chat.entity';
import type { ParticipantEntity } from '../persistence/participant.entity';

/** What some writes change of a chat's own row, beside what counts its changes. */
export const DESCRIBING = ['name', 'isActive'] as const satisfies readonly (keyof ChatEntity)[];

/** Some of a chat's rows. They are nobody's to change. */
export interface KnownChat {
  readonly row: Readonly<ChatEntity>;
  readonly members: ReadonlyMap<number, ParticipantEntity>;
  /** Whether those are all members. */
  readonly hasAllMembers: boolean;
}

/** Who came, changed or went in a commit. */
interface MemberChanges {
  /** Who is in the chat now: a copy, as what was found is not this commit's alone. */
  readonly members: Map<number, ParticipantEntity>;
  readonly stored: Map<number, ParticipantEntity>;
  readonly removed: Set<number>;
}

/**
 * A chat whose row this commit has locked. Writers read it, and note in it what they change;
 * the log stores the notes with the commit. A write sees what the writes before it have noted.
 */
export class LockedChat {
  readonly events: ChatEventEntity[] = [];
  /** Made when it is needed, as most commits are of messages alone; the same goes for the names. */
  private changes: MemberChanges | undefined;
  private knownNames: Names | undefined;
  private isTouched = false;
  private haveMembersChanged = false;
  private readonly row: ChatEntity;

  constructor(
    /** With all members, if a writer of this commit needs them, else at least the actors. */
    private readonly found: KnownChat,
    /** The moment of this commit. */
    readonly now: Date,
  ) {
    this.row = { ...found.row };
  }

  get id(): number {
    return this.row.id;
  }

  get state(): Readonly<ChatEntity> {
    return this.row;
  }

  get touched(): boolean {
    return this.isTouched;
  }

  /** True if more was changed of the chat's own row than what counts its changes. */
  get isDescribedAnew(): boolean {
    return DESCRIBING.some((property) => this.row[property] !== this.found.row[property]);
  }

  /** True if someone came or went: then all members were loaded. */
  get membersChanged(): boolean {
    return this.haveMembersChanged;
  }

  get changedMembers(): readonly ParticipantEntity[] {
    return this.changes ? [...this.changes.stored.values()] : [];
  }

  get removedUserIds(): readonly number[] {
    return this.changes ? [...this.changes.removed] : [];
  }

  /** What the next commit will find, once this one is on disk. Undefined for a chat that is better read again. */
  get left(): KnownChat | undefined {
    if (!this.row.isActive || this.haveMembersChanged) return undefined;
    return { row: this.row, members: this.members, hasAllMembers: this.found.hasAllMembers };
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
    const known = (this.knownNames ??= new Map<number, PersonName>());
    for (const [userId, name] of names) known.set(userId, name);
    return known;
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
    const { members, stored, removed } = this.noteChanges();
    members.set(member.userId, member);
    stored.set(member.userId, member);
    removed.delete(member.userId);
  }

  removeMember(userId: number): void {
    if (!this.members.has(userId)) return;
    this.haveMembersChanged = true;
    const { members, stored, removed } = this.noteChanges();
    members.delete(userId);
    stored.delete(userId);
    removed.add(userId);
  }

  private get members(): ReadonlyMap<number, ParticipantEntity> {
    return this.changes?.members ?? this.found.members;
  }

  private noteChanges(): MemberChanges {
    return (this.changes ??= { members: new Map(this.found.members), stored: new Map(), removed: new Set() });
  }

  private takeSeq(): ChatChange {
    this.isTouched = true;
    this.row.lastSeq++;
    this.row.updatedAt = this.now;
    return { chatId: this.id, seq: this.row.lastSeq, at: this.now };
  }
}
