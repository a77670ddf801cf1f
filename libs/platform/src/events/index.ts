export * from './event-bus';
export * from './local-event-bus';
