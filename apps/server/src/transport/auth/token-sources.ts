import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { routedPathOf } from '../http/path-of-url';

/** Where requests of one dialect may carry their token besides the header `Authorization`, such as in a cookie. */
export interface TokenSource {
  /** Whether the path (without its query) is this dialect's: elsewhere the source does not count. */
  matches(path: string): boolean;
  /** The bare token; null if there is none. Throws a named error if it may not be used in this way. */
  find(request: FastifyRequest): string | null;
}

/** Knows the sources of all dialects; each registers its own when its module starts. */
@Injectable()
export class TokenSources {
  private readonly sources: TokenSource[] = [];

  register(source: TokenSource): void {
    this.sources.push(source);
  }

  find(request: FastifyRequest): string | null {
    const path = routedPathOf(request.raw.url);
    return this.sources.find((source) => source.matches(path))?.find(request) ?? null;
  }
}
