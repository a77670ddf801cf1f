import type { IncomingHttpHeaders } from 'node:http';

/** Clients such as axios name a type where they send nothing at all: an empty body is no body. */
export function hasBody({ headers }: { readonly headers: IncomingHttpHeaders }): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
