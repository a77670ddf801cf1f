/** One log-in, in any dialect: it lives until it is ended, or has not been refreshed for too long. */
export interface Session {
  readonly id: string;
  readonly createdAt: Date;
  /** To the minute. */
  readonly lastUsedAt: Date;
  /** What the client called itself, cut to 255 characters. */
  readonly userAgent: string | null;
  /** True for the session that asks. */
  readonly isCurrent: boolean;
}

/** What a log-in or a refresh gives. */
export interface TokenPair {
  /** A JWT, sent along with every request. */
  readonly accessToken: string;
  /** Opaque, and good for one use. */
  readonly refreshToken: string;
  /** How long the access token is good. */
  readonly expiresInSeconds: number;
}

/** Live sessions of one user; the log-in beyond ends the one that was not used for longest. */
export const MAX_SESSIONS_PER_USER = 100;
