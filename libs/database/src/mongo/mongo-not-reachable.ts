import { StoreUnreachable } from '@app/platform';

/** At start: the MongoDB that is configured can't be used. Says where it was looked for, and no secret. */
export function mongoNotReachable(url: string, cause: Error): StoreUnreachable {
  return new StoreUnreachable('MONGODB_URL', withoutSecrets(url), repeatsTheUrl(cause) ? UNREADABLE : cause);
}

const UNREADABLE = new Error('it can not be read');

/** Hosts and no more: a user name, a password and options are nobody's business. */
function withoutSecrets(url: string): string {
  const scheme = /^[a-z+]+:\/\//.exec(url)?.[0] ?? '';
  const authority = url.slice(scheme.length).split(/[/?]/)[0] ?? '';
  return scheme + authority.slice(authority.lastIndexOf('@') + 1);
}

/** What the driver says of an address that it can't read may show all of it. */
function repeatsTheUrl({ name, message }: Error): boolean {
  return name === 'MongoParseError' || message.includes('://');
}
