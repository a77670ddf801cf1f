/**
 * Realtime: who is connected, what each connection hears, who is typing; carries committed events to the sockets.
 * Knows no protocol: dialects hand in connections and are given events to deliver.
 *
 * Invariants: a connection hears exactly the chats that its user is a member of (or the one it asked for), from its
 * greeting on: each change once and in order, whatever the bus loses; an ended session or membership ends what it heard.
 * May import: platform, database, users, chats, messages.
 */
export * from './connections';
export * from './list-online';
export * from './live-connection';
export * from './live-feed';
export * from './presence/presence';
export * from './realtime.errors';
export * from './realtime.events';
export * from './realtime.module';
export * from './typing';
