import { isShownInline, OpenableMedia } from '@app/media';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentDisposition } from './content-disposition';
import { parseRange } from './byte-range';

/** Whatever it is, a browser that shows it by itself runs nothing of it and fetches nothing for it. */
const POLICY = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'";

/**
 * Answers with a file or a part of it. Pictures, sound and video that were recognised from their bytes may be shown in place;
 * everything else is to be saved.
 * @throws MediaFileMissing
 */
export async function sendMedia(request: FastifyRequest, reply: FastifyReply, file: OpenableMedia): Promise<void> {
  const { contentType, size, tag, media } = file;
  const etag = `"${tag}"`;
  void reply.headers({
    etag,
    'accept-ranges': 'bytes',
    // Each use asks anew whether the user may have it; what did not change is not sent again.
    'cache-control': 'private, no-cache',
    'content-security-policy': POLICY,
    // Pages of other sites may show it: they have a link that was made for their user.
    'cross-origin-resource-policy': 'cross-origin',
  });
  if (namesTag(request.headers['if-none-match'], etag)) return void (await reply.code(304).send());
  const ifRange = request.headers['if-range'];
  const range = ifRange === undefined || ifRange === etag ? parseRange(request.headers.range, size) : undefined;
  const name = contentType === 'image/webp' ? withExtension(media.filename, media.contentType) : media.filename;
  void reply.headers({
    'content-type': contentType,
    'content-disposition': contentDisposition(isShownInline(contentType) ? 'inline' : 'attachment', name),
    'content-length': range ? range.end - range.start + 1 : size,
  });
  if (range) void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
  await reply.send(request.method === 'HEAD' ? undefined : await file.read(range));
}

function namesTag(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((given) => ['*', etag, `W/${etag}`].includes(given.trim()));
}

/** A thumbnail is WebP, whatever the picture is. */
function withExtension(filename: string, contentType: string): string {
  return contentType === 'image/webp' ? filename : `${filename}.webp`;
}
