/**
 * Realtime: who is connected, what each connection hears, who is typing; carries committed events to the sockets.
 * Knows no protocol: dialects hand in connections and are given events to deliver.
 *
 * Invariants: a connection hears exactly the chats that its user is a member of (or the one it asked for), from its
 * greeting on; an ended session or membership ends what it heard. May import: platform, database, users, chats, messages.
 */
export * from './connections';
export * from './live-connection';
export * from './live-feed';
export * from './presence';
export * from './realtime.errors';
export * from './realtime.events';
export * from './realtime.module';
export * from './typing';
