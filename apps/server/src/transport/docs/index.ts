export * from './api-document';
export * from './api-problems.decorator';
export * from './extensions';
export * from './operations';
export * from './tag-groups';
export * from './text-field';
