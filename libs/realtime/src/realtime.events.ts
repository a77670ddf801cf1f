import { defineEvent } from '@app/platform';

/** Something about a person in a chat that is only worth knowing now: a hint, not a change of the chat. */
export interface ChatHint {
  readonly chatId: number;
  readonly userId: number;
  readonly at: Date;
}

/** The first connection of this person that hears the chat has opened. */
export const CameOnline = defineEvent<ChatHint>('realtime.came_online');
/** The last one has closed. */
export const WentOffline = defineEvent<ChatHint>('realtime.went_offline');
export const TypingStarted = defineEvent<ChatHint>('realtime.typing_started');
export const TypingStopped = defineEvent<ChatHint>('realtime.typing_stopped');
