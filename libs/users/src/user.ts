/** A person with an account, as the person sees it. */
export interface User {
  readonly id: number;
  readonly username: string;
  readonly email: string | null;
  readonly fullName: string | null;
  /** False once the account is deleted. */
  readonly isActive: boolean;
  readonly createdAt: Date;
  /** When the person last used the service, to the minute; null if never. */
  readonly lastSeen: Date | null;
}

/** A person as everybody may see one. */
export type PublicUser = Omit<User, 'email'>;

/** What somebody is called. */
export interface PersonName {
  readonly username: string;
  /** Not for everybody: only dialects that name people so show it, and only to who shares a chat with them. */
  readonly email: string | null;
  readonly fullName: string | null;
}

/** What is shown in place of a deleted account; nobody can register it, because of the space. */
export const DELETED_USER_NAME: PersonName = { username: 'deleted user', email: null, fullName: null };

export const USERNAME_MIN_CHARACTERS = 3;
export const USERNAME_MAX_CHARACTERS = 50;
export const EMAIL_MAX_CHARACTERS = 254;
export const FULL_NAME_MAX_CHARACTERS = 100;
export const PASSWORD_MIN_CHARACTERS = 8;
/** What bcrypt takes into account; anything longer would be cut, so it is refused. */
export const PASSWORD_MAX_BYTES = 72;

export function toPublicUser({ id, username, fullName, isActive, createdAt, lastSeen }: User): PublicUser {
  return { id, username, fullName, isActive, createdAt, lastSeen };
}
