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

  allows(request: Pick<IncomingMessage, 'headers'>): boolean {
    const { origin, host } = request.headers;
    if (origin === undefined) return true;
    if (this.config.values.CORS_ORIGINS.includes(origin)) return true;
    if (!URL.canParse(origin)) return false;
    const { protocol, host: ownHost } = new URL(origin);
    return ownHost === host && (protocol === 'https:' || (protocol === 'http:' && !isOverTls(request)));
  }
}

/**
 * A page that came without TLS may be anybody's who sits on the line, and is none of ours where we are called over TLS.
 * Who sent the header does not matter: all that it does is to ask for more.
 */
function isOverTls({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return /^https\b/i.test(String(headers['x-forwarded-proto'] ?? ''));
}
