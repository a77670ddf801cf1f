export * from './error-shape';
export * from './error-shapes';
export * from './plain-shape';
export * from './statuses';
export * from './to-domain-error';
export * from './transport.errors';
