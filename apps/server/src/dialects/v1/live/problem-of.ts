import { toDomainError } from '../../../transport/errors';
import { Problem, toProblem } from '../errors/problem';

/** Whatever went wrong with a frame, in the shape in which REST would say it. */
export function problemOf(error: unknown): Problem {
  return toProblem(toDomainError(error));
}
