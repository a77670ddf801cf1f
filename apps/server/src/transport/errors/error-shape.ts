import { Injectable } from '@nestjs/common';
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

/** Knows which dialect's shape an error takes. Dialects register theirs when their module starts. */
@Injectable()
export class ErrorShapes {
  private readonly shapes: ErrorShape[] = [];
  private fallback: ErrorShape | undefined;

  /** @param options.isDefault its shape is also that of addresses which belong to nobody */
  register(shape: ErrorShape, options: { isDefault?: boolean } = {}): void {
    this.shapes.push(shape);
    if (options.isDefault) this.fallback = shape;
  }

  shapeFor(path: string): ErrorShape {
    const shape = this.shapes.find((candidate) => candidate.matches(path)) ?? this.fallback;
    if (!shape) throw new Error('no dialect has registered the default error shape');
    return shape;
  }
}
