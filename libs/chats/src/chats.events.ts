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

export interface NewChat {
  readonly chatId: number;
  readonly makerId: number;
  /** The maker too. */
  readonly memberIds: readonly number[];
}

/** What the events of a chat are published under: nodes that have sockets for it follow this. */
export function topicOfChat({ chatId }: { readonly chatId: number }): string {
  return `chat:${chatId}`;
}

/** A chat was made. Not a change of the chat: it has no number. */
export const ChatCreated = defineEvent<NewChat>('chats.created');
/** Someone came in. Every node is told: that person's sockets may be anywhere, and do not hear the chat yet. */
export const ParticipantAdded = defineEvent<ParticipantChange>('chats.participant_added');
export const ParticipantUpdated = defineEvent<ParticipantChange>('chats.participant_updated', topicOfChat);
export const ParticipantRemoved = defineEvent<ParticipantRemoval>('chats.participant_removed', topicOfChat);
export const ChatUpdated = defineEvent<ChatUpdate>('chats.updated', topicOfChat);

/** Nobody knows whether a commit to these chats came about: whoever hears them looks at what the database has. */
export const ChatsMayHaveChanged = defineEvent<{ readonly chatIds: readonly number[] }>('chats.may_have_changed');
