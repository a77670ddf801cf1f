import type { Target } from './who-may-not.rules';

/** What an event of the default namespace of Socket.IO does. */
export interface NamespaceEventRule {
  readonly payload: (target: Target) => Record<string, unknown>;
  /** False if nobody is refused: where the event means nothing, nothing happens. */
  readonly strangers: boolean;
}

/** Every event that clients may send in the default namespace; its member gets what a stranger does not. */
export const NAMESPACE_EVENTS: Record<string, NamespaceEventRule> = {
  chat_message: { payload: ({ chatId }) => ({ room: String(chatId), message: 'from me' }), strangers: false },
  get_online_users: { payload: ({ chatId }) => ({ room: String(chatId) }), strangers: false },
  joinRoom: { payload: ({ chatId }) => ({ chatroomId: String(chatId) }), strangers: false },
  leaveRoom: { payload: ({ chatId }) => ({ chatroomId: String(chatId) }), strangers: true },
  chatroomMessage: { payload: ({ chatId }) => ({ chatroomId: String(chatId), message: 'from me' }), strangers: false },
};
