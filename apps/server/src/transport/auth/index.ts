export * from './actor.decorator';
export * from './auth.errors';
export * from './jwt-auth.guard';
export * from './public.decorator';
export * from './request-actor';
export * from './signed-links';
export * from './token-authenticator';
export * from './token-sources';
