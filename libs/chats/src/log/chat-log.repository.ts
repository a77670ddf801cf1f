import { Injectable } from '@nestjs/common';
import { Database, findRows, isOneOf, padded, placeholders, updateRows } from '@app/database';
import { EntityManager, In } from 'typeorm';
import { membersKeyOf } from '../members-key';
import { ChatEventEntity } from '../persistence/chat-event.entity';
import { ChatEntity } from '../persistence/chat.entity';
import { ParticipantEntity } from '../persistence/participant.entity';
import { DESCRIBING, KnownChat, LockedChat } from './locked-chat';
import { RememberedChats } from './remembered-chats';

/** What nearly all commits change of a chat, and no more. */
const COUNTING = ['updatedAt', 'lastSeq', 'lastMessageSeq', 'messageCount'] as const;
const CHANGEABLE = [...COUNTING, ...DESCRIBING] as const;

/** Whose memberships a commit looks at: named people of a chat, or all. */
export interface MembersWanted {
  readonly chatId: number;
  readonly userId: number;
  readonly all: boolean;
}

interface Members {
  readonly areAll: boolean;
  readonly byId: Map<number, ParticipantEntity>;
}

/** Loads and stores the chats of a commit, with a number of statements that does not depend on how many there are. */
@Injectable()
export class ChatLogRepository {
  private readonly remembered = new RememberedChats();

  constructor(private readonly database: Database) {}

  /** Locks the chats, in the order of their ids, so that two commits can't wait for each other. Closed ones are left out. */
  async lock(tx: EntityManager, wanted: readonly MembersWanted[], now: Date): Promise<Map<number, LockedChat>> {
    const marks = await this.database.marksOf(tx);
    const chats = await this.find(tx, wanted, this.remembered.asOf(marks?.found), now);
    if (marks) this.database.onCommitted(tx, () => this.remembered.replace(marks.left, chats.values()));
    return chats;
  }

  /** Waits for whoever is changing these chats, and keeps others from it. */
  async hold(tx: EntityManager, chatIds: readonly number[]): Promise<void> {
    await tx.find(ChatEntity, {
      select: { id: true },
      where: { id: In([...chatIds]) },
      order: { id: 'ASC' },
      ...this.database.forUpdate,
    });
  }

  /** Whether the chat's log has this very event under its number. */
  async hasEvent(tx: EntityManager, { chatId, seq, kind, at, subjectId, details }: ChatEventEntity): Promise<boolean> {
    const row = await tx.findOneBy(ChatEventEntity, { chatId, seq });
    const isSame = row?.kind === kind && row.subjectId === subjectId && row.details === details;
    return isSame && row.at.getTime() === at.getTime();
  }

  async store(tx: EntityManager, chats: readonly LockedChat[]): Promise<void> {
    const touched = chats.filter((chat) => chat.touched);
    const columns = touched.some((chat) => chat.isDescribedAnew) ? CHANGEABLE : COUNTING;
    await updateRows(
      tx,
      ChatEntity,
      columns,
      touched.map((chat) => chat.state),
    );
    const removals = chats.flatMap((chat) => chat.removedUserIds.map((userId) => ({ chatId: chat.id, userId })));
    for (const removal of removals) await tx.delete(ParticipantEntity, removal);
    const members = chats.flatMap((chat) => chat.changedMembers);
    if (members.length > 0) await tx.upsert(ParticipantEntity, members, ['chatId', 'userId']);
    await this.storeMembersKeys(
      tx,
      chats.filter((chat) => chat.state.isOpen && chat.membersChanged),
    );
    const events = chats.flatMap((chat) => chat.events);
    if (events.length > 0) await tx.insert(ChatEventEntity, events);
  }

  /** What is not known is read: the rows that are missing, and the members that are. */
  private async find(
    tx: EntityManager,
    wanted: readonly MembersWanted[],
    known: ReadonlyMap<number, KnownChat>,
    now: Date,
  ): Promise<Map<number, LockedChat>> {
    const chatIds = [...new Set(wanted.map(({ chatId }) => chatId))].sort((a, b) => a - b);
    const rows = await this.findOpen(
      tx,
      chatIds.filter((chatId) => !known.has(chatId)),
    );
    const members = await this.findMembers(
      tx,
      wanted.filter((one) => !isKnown(known.get(one.chatId), one)),
    );
    const chats = new Map<number, LockedChat>();
    for (const chatId of chatIds) {
      const found = join(known.get(chatId), rows.get(chatId), members.get(chatId));
      if (found) chats.set(chatId, new LockedChat(found, now));
    }
    return chats;
  }

  private async findOpen(tx: EntityManager, chatIds: readonly number[]): Promise<Map<number, ChatEntity>> {
    if (chatIds.length === 0) return new Map();
    const ids = padded(chatIds);
    const where = `WHERE id IN ${placeholders(ids.length, 1)} AND is_active = ? ORDER BY id`;
    const rows = await findRows(tx, ChatEntity, where, [...ids, true], this.database.forUpdate);
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async findMembers(tx: EntityManager, wanted: readonly MembersWanted[]): Promise<Map<number, Members>> {
    const wholeChats = new Set(wanted.filter(({ all }) => all).map(({ chatId }) => chatId));
    const found = wholeChats.size === 0 ? [] : await tx.findBy(ParticipantEntity, { chatId: In([...wholeChats]) });
    const pairs = new Map(
      wanted
        .filter(({ chatId }) => !wholeChats.has(chatId))
        .map(({ chatId, userId }) => [`${chatId}:${userId}`, [chatId, userId]]),
    );
    if (pairs.size > 0) {
      const { sql, parameters } = isOneOf(tx, ['chat_id', 'user_id'], [...pairs.values()]);
      found.push(...(await findRows(tx, ParticipantEntity, `WHERE ${sql}`, parameters)));
    }
    const members = new Map<number, Members>();
    for (const chatId of wholeChats) members.set(chatId, { areAll: true, byId: new Map() });
    for (const member of found) {
      const ofChat = members.get(member.chatId) ?? { areAll: false, byId: new Map<number, ParticipantEntity>() };
      ofChat.byId.set(member.userId, member);
      members.set(member.chatId, ofChat);
    }
    return members;
  }

  /** Rare, so one statement each. */
  private async storeMembersKeys(tx: EntityManager, rooms: readonly LockedChat[]): Promise<void> {
    for (const room of rooms) {
      const membersKey = membersKeyOf(room.listMembers().map(({ userId }) => userId));
      await tx.update(ChatEntity, { id: room.id }, { membersKey });
    }
  }
}

function isKnown(known: KnownChat | undefined, { userId, all }: MembersWanted): boolean {
  return known !== undefined && (known.hasAllMembers || (!all && known.members.has(userId)));
}

/** What is known of a chat, with what was read beside. */
function join(
  known: KnownChat | undefined,
  row: ChatEntity | undefined,
  members: Members | undefined,
): KnownChat | undefined {
  if (known && !members) return known;
  const found = known?.row ?? row;
  if (!found) return undefined;
  const { areAll = false, byId = new Map<number, ParticipantEntity>() } = members ?? {};
  return { row: found, members: areAll ? byId : new Map([...(known?.members ?? []), ...byId]), hasAllMembers: areAll };
}
