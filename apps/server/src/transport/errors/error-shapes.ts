import { Injectable } from '@nestjs/common';
import { plainShape } from './plain-shape';
import type { ErrorShape } from './error-shape';

/** Knows which dialect's shape an error takes. Dialects register theirs when their module starts. */
@Injectable()
export class ErrorShapes {
  private readonly shapes: ErrorShape[] = [];
  private fallback: ErrorShape = plainShape;

  /** @param options.isDefault its shape is also that of addresses which belong to nobody */
  register(shape: ErrorShape, options: { isDefault?: boolean } = {}): void {
    this.shapes.push(shape);
    if (options.isDefault) this.fallback = shape;
  }

  shapeFor(path: string): ErrorShape {
    return this.shapes.find((candidate) => candidate.matches(path)) ?? this.fallback;
  }
}
