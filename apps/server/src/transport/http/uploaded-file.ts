import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { InvalidInput, MalformedInput } from '@app/platform';
import type { FastifyRequest } from 'fastify';
import type { Multipart, MultipartFile } from '@fastify/multipart';

/** What stands around the file in a multipart body, at most. */
const ENVELOPE_BYTES = 4096;
const LIMITS = { files: 2, fields: 20, parts: 22, fieldNameSize: 100, fieldSize: 1024, headerPairs: 20 };
/** How long the rest of a refused upload is read, so that the client gets to hear of it. */
const LINGER_MS = 5000;

export interface UploadedFile {
  readonly filename: string;
  readonly content: Readable;
  /** Bytes that it has at least, by what the request says of itself. */
  readonly expectedBytes: number;
  /** Reads the rest of the request. Rejects if there is more than the file, or less than a whole body. */
  readonly complete: () => Promise<void>;
}

/**
 * Hands over the one file of a request, in its field `file`, while it is still coming in.
 * @param options.ignoresFields for dialects that do not mind other fields
 * @throws InvalidInput (no file, or more than one; other fields), MalformedInput, and what `store` throws
 */
export async function receiveUpload<Result>(
  request: FastifyRequest,
  options: { readonly ignoresFields: boolean },
  store: (file: UploadedFile) => Promise<Result>,
): Promise<Result> {
  const parts = request.parts({ limits: { ...LIMITS, fileSize: Infinity } });
  try {
    const file = await findFile(parts, options.ignoresFields);
    if (!file) throw InvalidInput.field('file', 'required', 'file: is required, as a file.');
    return await store({
      filename: unescapeName(file.filename ?? ''),
      content: file.file,
      expectedBytes: Math.max(0, Number(request.headers['content-length'] ?? 0) - ENVELOPE_BYTES),
      complete: async () => {
        const other = await findFile(parts, options.ignoresFields);
        if (other) throw InvalidInput.field('file', 'not_exactly_one', 'file: only one file can be sent at a time.');
      },
    });
  } catch (error) {
    await readRest(request);
    throw isBroken(error) ? new MalformedInput('The body must be whole and valid multipart/form-data.') : error;
  }
}

async function findFile(
  parts: AsyncIterator<Multipart, undefined>,
  ignoresFields: boolean,
): Promise<MultipartFile | undefined> {
  for (;;) {
    const next = await parts.next();
    if (next.done === true) return undefined;
    const part = next.value;
    if (part.type === 'file' && part.fieldname === 'file') return part;
    if (part.type === 'file') part.file.resume();
    if (!ignoresFields) {
      const name = part.fieldname ?? 'a part without a name';
      throw InvalidInput.field(name, 'unknown', `${name}: there is no such field; the file's is called file.`);
    }
  }
}

/** What forms write in place of characters that would end the name (HTML, "multipart/form-data"). */
function unescapeName(name: string): string {
  return name.replace(/%22/g, '"').replace(/%0D/gi, '\r').replace(/%0A/gi, '\n');
}

/** A client that is still sending would not read the answer: it is let finish, for a while. */
export async function readRest(request: FastifyRequest): Promise<void> {
  const { raw } = request;
  if (raw.readableEnded || raw.destroyed) return;
  raw.unpipe();
  raw.resume();
  const waiting = new AbortController();
  const ended = new Promise<void>((resolve) => raw.once('close', resolve).once('end', resolve));
  await Promise.race([ended, setTimeout(LINGER_MS, undefined, { signal: waiting.signal }).catch(() => undefined)]);
  waiting.abort();
}

/** What the parser says of a body that is cut off or no multipart (its needle is the boundary); storing fails with other names. */
function isBroken(error: unknown): boolean {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  return (
    /^FST_|^ERR_STREAM_PREMATURE_CLOSE$|^ECONNRESET$/.test(code) ||
    /multipart|terminated early|boundary|needle/i.test(message)
  );
}
