import { PassThrough, Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { hasBody } from '../../../../transport/http/has-body';
import { readRest } from '../../../../transport/http/uploaded-file';

const BUFFER_BYTES = 64 * 1024;

/** A request as the handlers of the protocol read it. */
export interface TusRequest {
  readonly request: Request;
  /** Lets the client finish what it is sending, for a while, so that it reads the answer. */
  close(): Promise<void>;
}

/** @param path in place of the request's own: it names what was routed, and has no query */
export function tusRequestOf(original: FastifyRequest, method: string, path: string): TusRequest {
  const headers = headersOf(original);
  const url = new URL(path, 'http://localhost');
  if (!hasBody(original) || method === 'HEAD') {
    return { request: new Request(url, { method, headers }), close: async () => undefined };
  }
  const content = contentOf(original);
  const strategy = new ByteLengthQueuingStrategy({ highWaterMark: BUFFER_BYTES });
  const body = Readable.toWeb(content, { strategy }) as ReadableStream;
  return {
    request: new Request(url, { method, headers, body, duplex: 'half' }),
    close: async () => {
      original.raw.unpipe(content);
      content.destroy();
      await readRest(original);
    },
  };
}

/** Those of the protocol alone: about others, such as a proxy's, the handlers have opinions of their own. */
function headersOf({ headers }: FastifyRequest): Headers {
  const wanted = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (/^(tus|upload)-|^content-length$/.test(name) && value !== undefined) wanted.set(name, String(value));
  }
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== undefined) wanted.set('content-type', type);
  return wanted;
}

/** The body, apart from the connection: whoever stops reading it does not take the answer's way. */
function contentOf({ raw }: FastifyRequest): PassThrough {
  const content = new PassThrough({ highWaterMark: BUFFER_BYTES });
  content.on('error', () => undefined);
  const breakOff = (): void => {
    if (!raw.readableEnded) content.destroy(new Error('the connection was lost'));
  };
  raw.once('close', breakOff).once('error', breakOff);
  return raw.pipe(content);
}
