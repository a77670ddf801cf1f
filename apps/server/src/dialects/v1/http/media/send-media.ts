import { isShownInline, OpenableMedia } from '@app/media';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentDisposition } from './content-disposition';
import { parseRange } from './byte-range';

/** Whatever it is, a browser that shows it by itself runs nothing of it and fetches nothing for it. */
const POLICY = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'";

/**
 * Answers with a file or a part of it, or with the address where the storage itself gives it. Pictures, sound and video that
 * were recognised from their bytes may be shown in place; everything else is to be saved.
 * @throws MediaFileMissing, RangeNotSatisfiable
 */
export async function sendMedia(request: FastifyRequest, reply: FastifyReply, file: OpenableMedia): Promise<void> {
  // Pages of other sites may show it: they have a link that was made for their user.
  void reply.header('cross-origin-resource-policy', 'cross-origin');
  const { contentType } = file;
  const isHead = request.method === 'HEAD';
  const link = await file.findLink({ contentType, contentDisposition: dispositionOf(file), isHead });
  // Not even for that minute: the next use asks anew whether the user may have it.
  if (link !== undefined) await reply.header('cache-control', 'no-store').redirect(link, 302);
  else await sendBytes(request, reply, file);
}

async function sendBytes(request: FastifyRequest, reply: FastifyReply, file: OpenableMedia): Promise<void> {
  const { contentType, tag } = file;
  const etag = `"${tag}"`;
  void reply.headers({
    etag,
    'accept-ranges': 'bytes',
    // Each use asks anew whether the user may have it; what did not change is not sent again.
    'cache-control': 'private, no-cache',
    'content-security-policy': POLICY,
  });
  if (namesTag(request.headers['if-none-match'], etag)) return void (await reply.code(304).send());
  const size = await file.measure();
  const ifRange = request.headers['if-range'];
  const range = ifRange === undefined || ifRange === etag ? parseRange(request.headers.range, size) : undefined;
  const body = request.method === 'HEAD' ? undefined : await file.read(range);
  void reply.headers({
    'content-type': contentType,
    'content-disposition': dispositionOf(file),
    'content-length': range ? range.end - range.start + 1 : size,
  });
  if (range) void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
  await reply.send(body);
}

function namesTag(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((given) => ['*', etag, `W/${etag}`].includes(given.trim()));
}

function dispositionOf({ contentType, media }: OpenableMedia): string {
  // A thumbnail is WebP, whatever the picture is.
  const isRenamed = contentType === 'image/webp' && media.contentType !== 'image/webp';
  const name = isRenamed ? `${media.filename}.webp` : media.filename;
  return contentDisposition(isShownInline(contentType) ? 'inline' : 'attachment', name);
}
