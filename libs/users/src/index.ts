/**
 * Users: accounts, passwords, and the sessions that log-ins open.
 *
 * Invariants: names and e-mails are unique by their folded form, in the database; a password is never cut, kept or
 * logged, and hashed in threads of its own; an unknown name can't be told from a wrong password; a refresh token is
 * good once; a session that has ended is refused from its commit on; events are published after the commit.
 * May import: platform, database.
 */
export * from './delete-user';
export * from './email-owners';
export * from './end-session';
export * from './get-own-profile';
export * from './get-profile';
export * from './list-sessions';
export * from './list-users';
export * from './log-in';
export * from './log-out';
export * from './refresh-session';
export * from './register-user';
export * from './search-users';
export * from './session';
export * from './sessions/access-tokens';
export * from './sessions/sessions';
export * from './touch-last-seen';
export * from './update-profile';
export * from './user';
export * from './user-directory';
export { checkUserFields, findEmailError } from './user-rules';
export * from './users.errors';
export * from './users.events';
export * from './users.module';
export * from './verify-password';
export { SessionEntity } from './persistence/session.entity';
export { UserEntity } from './persistence/user.entity';
