import { defineEvent } from '@app/platform';
import type { Chat, Participant } from './chat';

/** What every change of a chat says: which chat, its number there, and when. */
export interface ChatChange {
  readonly chatId: number;
  readonly seq: number;
  readonly at: Date;
}

export type ParticipantChange = ChatChange & { readonly participant: Participant };
export type ParticipantRemoval = ChatChange & { readonly userId: number };
export type ChatUpdate = ChatChange & { readonly chat: Chat };

/** A chat was made. Not a change of the chat: it has no number. */
export const ChatCreated = defineEvent<{ readonly chatId: number; readonly memberIds: readonly number[] }>(
  'chats.created',
);
export const ParticipantAdded = defineEvent<ParticipantChange>('chats.participant_added');
export const ParticipantUpdated = defineEvent<ParticipantChange>('chats.participant_updated');
export const ParticipantRemoved = defineEvent<ParticipantRemoval>('chats.participant_removed');
export const ChatUpdated = defineEvent<ChatUpdate>('chats.updated');
