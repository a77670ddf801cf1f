/**
 * Platform: what every other part stands on and what knows nothing of chats.
 * The actor, named errors, configuration, the clock, work in the background, the event bus and rate limits
 * (ports, and adapters for one node and for several over Redis), rules for text, pages. May import: nothing of ours.
 */
export * from './actor';
export * from './background-work';
export * from './clock';
export * from './config';
export * from './errors';
export * from './events';
export * from './finding';
export * from './health';
export * from './limits';
export * from './metrics';
export * from './mutex';
export * from './page';
export * from './platform.module';
export * from './redis';
export * from './remember-last';
export * from './text';
