import { topicOfChat } from '@app/chats';
import { defineEvent, DomainEvent, EventType } from '@app/platform';

/** Something about a person in a chat that is only worth knowing now: a hint, not a change of the chat. */
export interface ChatHint {
  readonly chatId: number;
  readonly userId: number;
  readonly at: Date;
}

/** The first connection of this person that hears the chat has opened. */
export const CameOnline = defineEvent<ChatHint>('realtime.came_online', topicOfChat);
/** The last one has closed. */
export const WentOffline = defineEvent<ChatHint>('realtime.went_offline', topicOfChat);
/** Said again every few seconds while it lasts: sockets are told once. */
export const TypingStarted = defineEvent<ChatHint>('realtime.typing_started', topicOfChat);
export const TypingStopped = defineEvent<ChatHint>('realtime.typing_stopped', topicOfChat);

/** The first connection of each of these people has opened, or the last one has closed: whichever it is now. */
export const OnlineChanged = defineEvent<{ readonly userIds: readonly number[] }>('realtime.online_changed');

/** The same about a person in several chats. */
export function hintsOf(
  type: EventType<ChatHint>,
  chatIds: readonly number[],
  userId: number,
  at: Date,
): DomainEvent<ChatHint>[] {
  return chatIds.map((chatId) => type({ chatId, userId, at }));
}
