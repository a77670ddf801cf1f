import type { Actor } from '@app/platform';
import { InvalidToken } from '@app/users';
import { ExpiredToken, MissingToken } from './auth.errors';

/**
 * What the strategy's answer means.
 * @param error thrown while the session was looked up
 * @param actor false if the token was refused
 * @param info why it was refused: the error of the JWT library
 */
export function actorFrom(error: Error | null | undefined, actor: Actor | false | undefined, info: unknown): Actor {
  if (error) throw error;
  if (actor) return actor;
  const { name, message } = (info ?? {}) as { name?: unknown; message?: unknown };
  if (name === 'TokenExpiredError') throw new ExpiredToken();
  if (message === 'No auth token') throw new MissingToken();
  throw new InvalidToken();
}
