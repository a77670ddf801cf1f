import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** A refresh token names its session, and holds a secret of which only the hash is stored. */
export interface RefreshToken {
  readonly token: string;
  readonly sessionId: string;
  /** SHA-256 of the secret, in hex. It is random, so it needs no salt and no slow hash. */
  readonly hash: string;
}

export function makeRefreshToken(sessionId: string): RefreshToken {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { token: `${sessionId}.${secret}`, sessionId, hash: hashSecret(secret) };
}

/** Null if it never can have been a refresh token. */
export function parseRefreshToken(token: string): RefreshToken | null {
  const [, sessionId, secret] = TOKEN.exec(token) ?? [];
  if (sessionId === undefined || secret === undefined) return null;
  return { token, sessionId, hash: hashSecret(secret) };
}

function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
