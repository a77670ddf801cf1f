import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { Config } from '@app/platform';

/**
 * Which web pages may open sockets: those of our own host and of the configured origins.
 * Whoever sends no `Origin` is no browser, and has nothing to be protected from.
 */
@Injectable()
export class OriginPolicy {
  constructor(private readonly config: Config) {}

  allows(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    if (origin === undefined) return true;
    if (this.config.values.CORS_ORIGINS.includes(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }
}
