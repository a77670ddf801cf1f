import { countCodePoints, FieldError, foldForComparison, InvalidInput, isBlank, isStorable } from '@app/platform';
import { isEmail } from 'class-validator';
import {
  EMAIL_MAX_CHARACTERS,
  FULL_NAME_MAX_CHARACTERS,
  PASSWORD_MAX_BYTES,
  PASSWORD_MIN_CHARACTERS,
  USERNAME_MAX_CHARACTERS,
  USERNAME_MIN_CHARACTERS,
} from './user';

/** Room for the compared form, which can be longer than what was typed: `ﬃ` is compared as `ffi`. */
export const USERNAME_FOLDED_MAX_LENGTH = 200;

const USERNAME = /^[\p{L}\p{M}\p{Nd}_.-]+$/u;
/** Letters and marks that nobody sees would give two people names that look the same. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
const CONTROL = /\p{Cc}/u;

/** What people may tell of themselves; fields that are left out are not checked. */
export interface UserFields {
  readonly username?: string;
  readonly email?: string | null;
  readonly fullName?: string | null;
  readonly password?: string;
}

/**
 * The rules for names, e-mails and passwords, the same in every dialect.
 * @param more what else is wrong with the input
 * @throws InvalidInput with every broken field at once, under its name in the contract
 */
export function checkUserFields({ username, email, fullName, password }: UserFields, ...more: FieldError[]): void {
  const errors = [
    username === undefined ? undefined : findUsernameError(username),
    email === undefined || email === null ? undefined : findEmailError(email),
    fullName === undefined || fullName === null ? undefined : findFullNameError(fullName),
    password === undefined ? undefined : findPasswordError(password),
    ...more,
  ];
  const broken = errors.filter((error) => error !== undefined);
  if (broken.length > 0) throw new InvalidInput(broken);
}

/** True if bcrypt takes all of it into account, so that it could be somebody's password. */
export function isHashable(password: string): boolean {
  return isStorable(password) && Buffer.byteLength(password) <= PASSWORD_MAX_BYTES;
}

/** The compared form never has a space or an `@` either: no name can pass for an e-mail address. */
function findUsernameError(username: string): FieldError | undefined {
  const [min, max] = [USERNAME_MIN_CHARACTERS, USERNAME_MAX_CHARACTERS];
  const length = countCodePoints(username);
  if (length < min) return breaks('username', 'too_short', `at least ${min} characters, ${length} given`);
  if (length > max) return breaks('username', 'too_long', `at most ${max} characters, ${length} given`);
  const folded = foldForComparison(username);
  if (!USERNAME.test(username) || !USERNAME.test(folded) || INVISIBLE.test(username)) {
    const allowed = 'only letters and digits of any script, "_", "." and "-"';
    return breaks('username', 'invalid_characters', `${allowed}${nameOffender(username)}`);
  }
  if (folded.length > USERNAME_FOLDED_MAX_LENGTH) {
    return breaks('username', 'too_long', `its ligatures stand for more than ${USERNAME_FOLDED_MAX_LENGTH} letters`);
  }
  return undefined;
}

/** @param path where the address stands in the input */
export function findEmailError(email: string, path = 'email'): FieldError | undefined {
  const max = EMAIL_MAX_CHARACTERS;
  const length = countCodePoints(email);
  if (length > max) return breaks(path, 'too_long', `at most ${max} characters, ${length} given`);
  if (!isStorable(email) || CONTROL.test(email) || !isEmail(email)) {
    return breaks(path, 'not_an_email', `must be like name@example.org, but ${JSON.stringify(email)} was given`);
  }
  if (foldForComparison(email).length > max) {
    return breaks(path, 'too_long', `its ligatures stand for more than ${max} characters`);
  }
  return undefined;
}

function findFullNameError(fullName: string): FieldError | undefined {
  const max = FULL_NAME_MAX_CHARACTERS;
  const length = countCodePoints(fullName);
  if (length > max) return breaks('full_name', 'too_long', `at most ${max} characters, ${length} given`);
  if (isBlank(fullName))
    return breaks('full_name', 'empty', 'at least 1 visible character, none given; null for no name');
  if (CONTROL.test(fullName) || !isStorable(fullName)) {
    return breaks('full_name', 'invalid_characters', 'no control characters and no lone surrogates');
  }
  return undefined;
}

/** Tells lengths only: a password is never repeated. */
function findPasswordError(password: string): FieldError | undefined {
  const [min, max] = [PASSWORD_MIN_CHARACTERS, PASSWORD_MAX_BYTES];
  const length = countCodePoints(password);
  if (length < min) return breaks('password', 'too_short', `at least ${min} characters, ${length} given`);
  const bytes = Buffer.byteLength(password);
  if (bytes > max) return breaks('password', 'too_long', `at most ${max} bytes in UTF-8, ${bytes} given`);
  if (!isStorable(password)) {
    return breaks('password', 'invalid_characters', 'NUL and lone surrogates are not allowed');
  }
  return undefined;
}

function breaks(path: string, code: string, rule: string): FieldError {
  return { path, code, detail: `${path}: ${rule}.` };
}

/** `, but U+0020 was given`, if one character can be blamed. */
function nameOffender(username: string): string {
  const offender = [...username].find((character) => {
    return INVISIBLE.test(character) || !USERNAME.test(character) || !USERNAME.test(foldForComparison(character));
  });
  const codePoint = offender?.codePointAt(0);
  if (codePoint === undefined) return '';
  return `, but U+${codePoint.toString(16).toUpperCase().padStart(4, '0')} was given`;
}
