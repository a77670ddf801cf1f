import type { DomainEvent } from '@app/platform';
import { composeParticipant, Names } from './chat-views';
import { ParticipantRemoved, ParticipantUpdated } from './chats.events';
import type { LockedChat } from './log';
import type { ParticipantEntity } from './persistence/participant.entity';

/**
 * Someone goes, by whatever way: the last one to go closes the chat,
 * and a group that has lost its last admin gets its longest-standing member as the next.
 */
export function recordDeparture(chat: LockedChat, userId: number, names: Names): DomainEvent[] {
  chat.removeMember(userId);
  const removal = ParticipantRemoved({ ...chat.recordEvent(ParticipantRemoved.eventName, userId), userId });
  const [longestStanding, ...others] = chat.listMembers();
  if (!longestStanding) {
    chat.close();
    return [removal];
  }
  const hasAdmin = [longestStanding, ...others].some(({ isAdmin }) => isAdmin);
  if (chat.state.type === 'direct' || hasAdmin) return [removal];
  return [removal, recordRole(chat, longestStanding, true, names)];
}

/** Gives or takes the admin's role. */
export function recordRole(chat: LockedChat, member: ParticipantEntity, isAdmin: boolean, names: Names): DomainEvent {
  const changed = { ...member, isAdmin };
  chat.putMember(changed);
  const details = { joinedAt: changed.joinedAt, isAdmin };
  const change = chat.recordEvent(ParticipantUpdated.eventName, member.userId, details);
  return ParticipantUpdated({ ...change, participant: composeParticipant(changed, names) });
}
