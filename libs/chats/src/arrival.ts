import type { DomainEvent } from '@app/platform';
import { composeParticipant, Names } from './chat-views';
import { ParticipantAdded } from './chats.events';
import type { LockedChat } from './log';
import { newMember } from './new-chat';

/** Someone comes, by whatever way; nothing that was said before counts as unread. */
export function recordArrival(chat: LockedChat, userId: number, names: Names): DomainEvent {
  const member = newMember(chat.id, userId, chat.now, { isAdmin: false, readSeq: chat.state.lastSeq });
  chat.putMember(member);
  const details = { joinedAt: member.joinedAt, isAdmin: member.isAdmin };
  const change = chat.recordEvent(ParticipantAdded.eventName, userId, details);
  return ParticipantAdded({ ...change, participant: composeParticipant(member, names) });
}
