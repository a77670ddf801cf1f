import { foldForComparison } from '@app/platform';

/** What is known of somebody whom this dialect names. */
interface Named {
  readonly username: string;
  readonly email: string | null;
}

/**
 * What this dialect calls people: their e-mail address, or the username of someone without one. Addresses are shown in
 * the form in which they are compared, so that nobody can tell from its spelling whether an address has an account.
 */
export function nameOf({ username, email }: Named): string {
  return email === null ? username : foldForComparison(email);
}
