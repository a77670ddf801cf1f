/**
 * Platform: what every other part stands on and what knows nothing of chats.
 * The actor, named errors, configuration, the clock, the event bus (port and local adapter),
 * rules for text, pages. May import: nothing of ours.
 */
export * from './actor';
export * from './clock';
export * from './config';
export * from './errors';
export * from './events';
export * from './limits';
export * from './metrics';
export * from './mutex';
export * from './page';
export * from './platform.module';
export * from './text';
