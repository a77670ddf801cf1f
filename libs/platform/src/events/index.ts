export * from './event-bus';
export * from './local-event-bus';
export * from './redis/redis-event-bus';
