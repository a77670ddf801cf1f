import type { DomainError } from '@app/platform';

/** An error as it goes over HTTP. `body` is JSON text. */
export interface RenderedError {
  readonly status: number;
  /** With the content type; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How one dialect shows errors. */
export interface ErrorShape {
  /** Whether the path (without its query) is this dialect's. */
  matches(path: string): boolean;
  /** @param status one that HTTP demands in place of the kind's own, such as 431 */
  render(error: DomainError, status?: number): RenderedError;
}
