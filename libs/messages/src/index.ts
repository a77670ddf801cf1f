/**
 * Messages: sending, revising and reading them, and catching up with a chat.
 *
 * Invariants: an answered send is on disk; a `clientId` names one message of a sender in a chat for ever; a body never
 * changes, what points to it does; a deletion leaves a tombstone and no text anywhere.
 * May import: platform, database, users, chats, media.
 */
export * from './changes-of-chat';
export * from './delete-message';
export * from './edit-message';
export * from './list-changes';
export * from './list-inbox';
export * from './list-latest-messages';
export * from './list-messages';
export * from './list-revisions';
export * from './mark-read';
export * from './message';
export * from './messages.errors';
export * from './messages.events';
export * from './messages.module';
export * from './send-message';
export * from './verification/message-checks';
