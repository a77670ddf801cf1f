export * from './error-shape';
export * from './to-domain-error';
export * from './transport.errors';
