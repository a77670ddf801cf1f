/**
 * Chats: who talks with whom, who may do what, and the log that numbers every change.
 *
 * Invariants: one gapless sequence per chat, taken from the chat's locked row (`ChatLog`); one policy for all doors
 * (`chat-policy.ts`); one direct chat per pair; chats are by invitation unless made open to join; a group has at most 100 members and always an admin.
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
export * from './invitations/create-group-by-email';
export * from './invitations/group-details';
export * from './join-chat';
export * from './leave-chat';
export * from './list-direct-chats';
export * from './list-participants';
export * from './list-rooms';
export * from './log';
export * from './open-direct-chat';
export * from './open-room';
export { ChatEventEntity } from './persistence/chat-event.entity';
export { ChatEntity } from './persistence/chat.entity';
export { ParticipantEntity } from './persistence/participant.entity';
export * from './remove-participant';
export * from './rename-chat';
export * from './verification/membership-check';
