export * from './config';
export * from './config-error';
export * from './config-values';
export * from './env-example';
export * from './limits';
export * from './load-config';
