import { hash } from 'node:crypto';
import type { AccessClaims } from '@app/users';
import { LRUCache } from 'lru-cache';

const MAX_TOKENS = 20_000;

/**
 * What tokens say whose signature was found good before. To verify one takes as long as much of what it opens, and
 * clients send the same one for as long as it lives.
 */
export class VerifiedTokens {
  /** By the hashes of the tokens: whoever sees this memory has no token. */
  private readonly claims = new LRUCache<string, AccessClaims>({ max: MAX_TOKENS });

  /** Undefined also once it has expired. */
  find(token: string | null): AccessClaims | undefined {
    if (token === null) return undefined;
    const claims = this.claims.get(keyOf(token));
    return claims && claims.exp * 1000 > Date.now() ? claims : undefined;
  }

  /** @param claims of a token whose signature was verified just now */
  add(token: string | null, claims: AccessClaims): void {
    if (token !== null) this.claims.set(keyOf(token), claims);
  }
}

function keyOf(token: string): string {
  return hash('sha256', token, 'base64');
}
