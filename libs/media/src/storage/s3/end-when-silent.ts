import type { Readable } from 'node:stream';

/** A body as it comes from a connection. */
export interface IncomingBody extends Readable {
  /** True once the last byte has come in, whether anyone has read it or not. */
  readonly complete: boolean;
  /** Null when the connection serves others: then the body is complete. */
  readonly socket: { readonly bytesRead: number } | null;
}

/**
 * Breaks off a body whose sender says nothing more. While its reader is the slow one it waits:
 * then there are bytes at hand that nobody has taken.
 */
export function endWhenSilent(body: IncomingBody, limitMs: number): void {
  let seen = -1;
  const timer = setInterval(() => {
    if (body.complete || !body.socket) return clearInterval(timer);
    const { bytesRead } = body.socket;
    if (bytesRead === seen && body.readableLength === 0) body.destroy(new Error(`no bytes for ${limitMs} ms`));
    seen = bytesRead;
  }, limitMs);
  body.once('close', () => clearInterval(timer));
  // It may break before its reader listens, who finds it broken; without this the process would end.
  body.on('error', () => undefined);
}
