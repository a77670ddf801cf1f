import type { ChatType } from './chat';
import { AlreadyParticipant, ChatIsDirect, ChatNotFound, ChatNotJoined, NotChatAdmin } from './chats.errors';

/** What can be done to a chat, and who may: the one place that says so, for every transport and dialect. */
const RULES = {
  read: {},
  send: {},
  'revise own message': {},
  leave: {},
  rename: { groupOnly: true, adminOnly: true },
  'add participants': { groupOnly: true, adminOnly: true },
  'remove participant': { groupOnly: true, adminOnly: true },
  'appoint admin': { groupOnly: true, adminOnly: true },
  'delete message of others': { adminOnly: true },
} as const satisfies Record<string, { groupOnly?: boolean; adminOnly?: boolean }>;

export type ChatAction = keyof typeof RULES;

interface Membership {
  readonly isAdmin: boolean;
}

/**
 * Lets pass who may do `action` to the chat.
 * @throws ChatNotFound to whoever is not in it, so that nobody learns of chats of others; of open rooms, ChatNotJoined
 * @throws ChatIsDirect where only groups can be changed so
 * @throws NotChatAdmin where only admins may
 */
export function requirePermission(
  action: ChatAction,
  chat: { readonly type: ChatType; readonly isOpen: boolean },
  membership: Membership | undefined,
): void {
  if (!membership) throw refusalToStrangers(chat);
  const rule: { groupOnly?: boolean; adminOnly?: boolean } = RULES[action];
  if (rule.groupOnly && chat.type === 'direct') throw new ChatIsDirect();
  if (rule.adminOnly && (chat.type === 'direct' || !membership.isAdmin)) throw new NotChatAdmin();
}

/**
 * Lets pass who may come in without being invited.
 * @throws AlreadyParticipant, ChatNotFound
 */
export function requireJoinable(chat: { readonly isOpen: boolean }, membership: Membership | undefined): void {
  if (membership) throw new AlreadyParticipant();
  if (!chat.isOpen) throw new ChatNotFound();
}

/** @param chat null if there is none */
export function refusalToStrangers(chat: { readonly isOpen: boolean } | null): ChatNotFound {
  return chat?.isOpen ? new ChatNotJoined() : new ChatNotFound();
}
