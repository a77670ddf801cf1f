export * from './config';
export * from './env-example';
export * from './load-config';
