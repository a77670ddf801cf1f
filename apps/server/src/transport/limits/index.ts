export * from './client-address';
export * from './counts-as-message.decorator';
export * from './request-limit.guard';
