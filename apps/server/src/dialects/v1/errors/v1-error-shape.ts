import type { DomainError } from '@app/platform';
import { ErrorShape, headersOfError, RenderedError } from '../../../transport/errors';
import { toProblem } from './problem';

/** `application/problem+json`, for everything under `/api/v1`. */
export class V1ErrorShape implements ErrorShape {
  matches(path: string): boolean {
    return path === '/api/v1' || path.startsWith('/api/v1/');
  }

  render(error: DomainError, status?: number): RenderedError {
    const problem = toProblem(error, status);
    return {
      status: problem.status,
      headers: { 'content-type': 'application/problem+json; charset=utf-8', ...headersOfError(error) },
      body: JSON.stringify(problem),
    };
  }
}
