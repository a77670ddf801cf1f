/** Who asks: the first argument of every use case. Made by a transport from a verified access token. */
export interface Actor {
  readonly userId: number;
  /** The log-in that the token belongs to (claim `sid`). */
  readonly sessionId: string;
}
