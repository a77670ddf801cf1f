/**
 * Chats: who talks with whom, who may do what, and the log that numbers every change.
 *
 * Invariants: one gapless sequence per chat, taken from the chat's locked row (`ChatLog`); one policy for all doors
 * (`chat-policy.ts`); one direct chat per pair; a group has at most 100 members and always an admin.
 * May import: platform, database, users.
 */
export * from './add-participants';
export * from './appoint-admin';
export * from './chat';
export * from './chat-access';
export { ChatViews, composeParticipant } from './chat-views';
export * from './chats.errors';
export * from './chats.events';
export * from './chats.module';
export * from './chats.repository';
export * from './create-group';
export * from './delete-account';
export * from './get-chat';
export * from './leave-chat';
export * from './list-participants';
export * from './log';
export * from './open-direct-chat';
export { ChatEventEntity } from './persistence/chat-event.entity';
export { ChatEntity } from './persistence/chat.entity';
export * from './remove-participant';
export * from './rename-chat';
