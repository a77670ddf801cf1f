export * from './domain-error';
export * from './common.errors';
export * from './store-unreachable';
