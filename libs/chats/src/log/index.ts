export * from './chat-log';
export * from './chat-write';
export * from './locked-chat';
