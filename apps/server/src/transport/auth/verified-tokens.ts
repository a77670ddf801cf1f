import { hash } from 'node:crypto';
import type { Actor } from '@app/platform';
import { LRUCache } from 'lru-cache';

const MAX_TOKENS = 20_000;

interface Verified {
  readonly actor: Actor;
  readonly expiresAtMs: number;
}

/**
 * Whose the tokens are whose signatures were found good before. To verify one takes as long as much of what it opens, and
 * clients send the same one for as long as it lives.
 */
export class VerifiedTokens {
  /** By the hashes of the tokens: whoever sees this memory has no token. */
  private readonly known = new LRUCache<string, Verified>({ max: MAX_TOKENS });

  /** Undefined also once it has expired. */
  find(token: string | null): Actor | undefined {
    const known = token === null ? undefined : this.known.get(keyOf(token));
    return known && known.expiresAtMs > Date.now() ? known.actor : undefined;
  }

  /** @param actor of a token whose signature was verified just now */
  add(token: string | null, actor: Actor, expiresAtMs: number): void {
    if (token !== null) this.known.set(keyOf(token), { actor, expiresAtMs });
  }
}

function keyOf(token: string): string {
  return hash('sha256', token, 'base64');
}
